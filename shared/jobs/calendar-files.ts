import { compareUtf8 } from '../basics/compare-utf8.ts';
import { addDays, type Day } from '../basics/day.ts';
import type { OtherFiles } from '../publish/other-files.ts';
import { type Largest, largestEntries } from '../reports/largest.ts';
import { ownerSlug } from '../reports/owner-slug.ts';
import { CALENDAR_DAYS, type CalendarEntry, renewalCalendar } from '../reports/renewal-calendar.ts';

/** A calendar with more events than these is slow to open, and nobody reads it. */
const MOST_FOR_ALL = 2_000;
const MOST_FOR_ONE = 500;

/** Each calendar is a file to write and to copy; a team is smaller, a table used amiss is not. */
const MOST_OWNERS = 1_000;

export interface CalendarFiles {
  /** Takes an open renewal; leaves out those whose decision is past or more than 120 days off. */
  add(entry: CalendarEntry): void;
  /** Writes the calendar of all and one for each owner. */
  finish(): Promise<{ readonly owners: number; readonly ownersLeftOut: number }>;
}

/** The calendars of open renewals: those with the most ARR, for all and owner by owner. */
export const calendarFiles = (others: OtherFiles, asOf: Day): CalendarFiles => {
  const folder = calendarFolder(asOf);
  const last = addDays(asOf, CALENDAR_DAYS);
  const all = largestEntries(MOST_FOR_ALL);
  const owners = new Map<string, OwnerShelf>();

  const write = async (key: string, title: string, shelf: Largest) => {
    const file = await others.open(key);
    file.add(renewalCalendar({ title, asOf, entries: shelf.kept(), more: shelf.more() }));
    await file.finish();
  };

  return {
    add(entry) {
      if (entry.decisionOn < asOf || entry.decisionOn > last) return;
      all.add(entry);
      if (entry.ownerEmail?.trim()) shelfOf(owners, entry.ownerEmail).add(entry);
    },
    async finish() {
      await write(`${folder}/renewals.ics`, 'Renewals to decide', all);
      const kept = [...owners.values()].sort(byArr).slice(0, MOST_OWNERS);
      for (const { slug, shelf } of kept.sort((a, b) => compareUtf8(a.slug, b.slug)))
        await write(`${folder}/owners/${slug}.ics`, `Renewals to decide: ${slug}`, shelf);
      return { owners: kept.length, ownersLeftOut: owners.size - kept.length };
    },
  };
};

/** The folder of a day, under the results. */
export const calendarFolder = (asOf: Day): string => `calendar/renewals/as_of=${asOf}`;

interface OwnerShelf {
  readonly slug: string;
  readonly shelf: Largest;
  arrCents: number;
  add(entry: CalendarEntry): void;
}

function shelfOf(owners: Map<string, OwnerShelf>, email: string): OwnerShelf {
  const slug = ownerSlug(email);
  const found = owners.get(slug);
  if (found !== undefined) return found;
  const shelf = largestEntries(MOST_FOR_ONE);
  const opened: OwnerShelf = {
    slug,
    shelf,
    arrCents: 0,
    add(entry) {
      opened.arrCents += entry.dueArrCents;
      shelf.add(entry);
    },
  };
  owners.set(slug, opened);
  return opened;
}

const byArr = (a: OwnerShelf, b: OwnerShelf): number =>
  b.arrCents - a.arrCents || compareUtf8(a.slug, b.slug);
