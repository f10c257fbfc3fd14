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

export const addDays = (day: Day, days: number): Day => dayFromEpoch(dayToEpoch(day) + days);

/** The same day so many months on; of a shorter month its last day. */
export const addMonths = (day: Day, months: number): Day => {
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const [year, inYear] = [Math.floor(month / 12), ((month % 12) + 12) % 12];
  const lastOfMonth = new Date(Date.UTC(year, inYear + 1, 0)).getUTCDate();
  const dayOfMonth = Math.min(Number(day.slice(8)), lastOfMonth);
  return toText(Date.UTC(year, inYear, dayOfMonth)) as Day;
};

export const firstOfMonth = (day: Day): Day => `${day.slice(0, 8)}01` as Day;

/** The Monday that the week of a day begins with. */
export const mondayOf = (day: Day): Day => {
  // Day 0 was a Thursday.
  const afterMonday = (((dayToEpoch(day) + 3) % 7) + 7) % 7;
  return addDays(day, -afterMonday);
};

/** Whole days from the first to the second; negative when the second is earlier. */
export const daysBetween = (from: Day, to: Day): number => dayToEpoch(to) - dayToEpoch(from);

/** The day it is in a time zone at an instant. */
export const dayInZone = (instant: Date, timeZone: string): Day => {
  const format =
    formats.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  formats.set(timeZone, format);
  return toDay(format.format(instant));
};

/** By time zone: one takes far longer to make than to use. */
const formats = new Map<string, Intl.DateTimeFormat>();

const MS_PER_HOUR = 3_600_000;

/**
 * The first instant of a day in a time zone: midnight, or what comes after it where daylight saving
 * leaves midnight out. Found by halving, since only the zone itself knows its offset.
 */
export const startOfDay = (day: Day, timeZone: string): Date => {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // No zone is further ahead than fourteen hours, nor further behind than twelve.
  let before = midnight - 15 * MS_PER_HOUR;
  let reached = midnight + 13 * MS_PER_HOUR;
  while (reached - before > 1) {
    const middle = Math.floor((before + reached) / 2);
    if (dayInZone(new Date(middle), timeZone) < day) before = middle;
    else reached = middle;
  }
  return new Date(reached);
};

/** The last day that YYYY-MM-DD can write. */
const LAST_EPOCH_DAY = Date.parse('9999-12-31T00:00:00Z') / MS_PER_DAY;

/**
 * The day that lies a number of days after 1970-01-01, as Parquet and Arrow store dates. What lies
 * beyond year 9999, or is infinite, becomes the last day that can be written.
 */
export const dayFromEpoch = (days: number): Day => {
  const known = texts.get(days);
  if (known !== undefined) return known;
  const within = Math.max(-LAST_EPOCH_DAY, Math.min(LAST_EPOCH_DAY, days));
  const text = toText(within * MS_PER_DAY) as Day;
  if (texts.size > MOST_TEXTS) texts.clear();
  texts.set(days, text);
  return text;
};

/** Few days recur in millions of rows, and to write one out costs more than to look it up. */
const texts = new Map<number, Day>();
const MOST_TEXTS = 50_000;

/**
 * Days after 1970-01-01. Written out because it is asked a dozen times for each account, and parsing
 * through Date takes eight times as long. Source: H. Hinnant, chrono-compatible date algorithms.
 */
export const dayToEpoch = (day: Day): number => {
  const month = twoDigits(day, 5);
  // Years begin in March here, so that the leap day is the last one.
  const year = twoDigits(day, 0) * 100 + twoDigits(day, 2) - (month <= 2 ? 1 : 0);
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  const monthsOn = month + (month > 2 ? -3 : 9);
  const dayOfYear = Math.floor((153 * monthsOn + 2) / 5) + twoDigits(day, 8) - 1;
  return year * 365 + leapDays + dayOfYear - 719_468;
};

export const isTimeZone = (name: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
};

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
}

function toText(instant: number): string {
  return Number.isNaN(instant) ? '' : new Date(instant).toISOString().slice(0, 10);
}
