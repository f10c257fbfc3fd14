import { z } from 'zod';

/** A calendar day in the business time zone, written YYYY-MM-DD. Days compare as strings. */
export type Day = string & { readonly __brand: 'Day' };

const MS_PER_DAY = 86_400_000;

/** True for a real calendar day written YYYY-MM-DD: 2026-02-30 is not one. */
export const isDay = (text: string): text is Day =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && toText(Date.parse(`${text}T00:00:00Z`)) === text;

/** Reads a day and throws a RangeError on anything that is not one. */
export const toDay = (text: string): Day => {
  if (!isDay(text)) throw new RangeError(`"${text}" is not a day; expected YYYY-MM-DD`);
  return text;
};

export const dayField = z
  .string()
  .refine(isDay, 'expected a day written YYYY-MM-DD')
  .transform((text) => text as Day);

export const addDays = (day: Day, days: number): Day =>
  toText(Date.parse(`${day}T00:00:00Z`) + days * MS_PER_DAY) as Day;

/** Whole days from the first to the second; negative when the second is earlier. */
export const daysBetween = (from: Day, to: Day): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / MS_PER_DAY;

/** The day it is in a time zone at an instant. */
export const dayInZone = (instant: Date, timeZone: string): Day =>
  toDay(new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(instant));

/** The last day that YYYY-MM-DD can write. */
const LAST_EPOCH_DAY = Date.parse('9999-12-31T00:00:00Z') / MS_PER_DAY;

/**
 * The day that lies a number of days after 1970-01-01, as Parquet and Arrow store dates. What lies
 * beyond year 9999, or is infinite, becomes the last day that can be written.
 */
export const dayFromEpoch = (days: number): Day =>
  toText(Math.max(-LAST_EPOCH_DAY, Math.min(LAST_EPOCH_DAY, days)) * MS_PER_DAY) as Day;

export const dayToEpoch = (day: Day): number => Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY;

export const isTimeZone = (name: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
};

function toText(instant: number): string {
  return Number.isNaN(instant) ? '' : new Date(instant).toISOString().slice(0, 10);
}
