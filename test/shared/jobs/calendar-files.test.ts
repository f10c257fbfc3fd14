import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { addDays, toDay } from '../../../shared/basics/day.ts';
import { calendarFiles, calendarFolder } from '../../../shared/jobs/calendar-files.ts';
import { writeTables } from '../../../shared/publish/publication.ts';
import { ownerSlug } from '../../../shared/reports/owner-slug.ts';
import type { CalendarEntry } from '../../../shared/reports/renewal-calendar.ts';
import { memoryObjectStore } from '../../kit/memory-object-store.ts';
import { renewalDay as asOf, renewalRun } from '../../kit/renewal-rows.ts';

const entryOf = (number: number, more: Partial<CalendarEntry> = {}): CalendarEntry => ({
  renewalId: `C-${number}`,
  accountId: `A-${number}`,
  accountName: null,
  product: null,
  decisionOn: toDay('2026-12-31'),
  termEnd: toDay('2027-01-31'),
  dueArrCents: number * 100,
  currency: 'USD',
  category: 'commit',
  ownerEmail: 'l.fischer@harbourline.example',
  ...more,
});

/** The calendars that are written of the entries: what they say and the ids in them. */
const write = async (entries: readonly CalendarEntry[]) => {
  const store = memoryObjectStore();
  let told: { owners: number; ownersLeftOut: number } | undefined;
  const files = await writeTables(store, renewalRun, {}, async (_, others) => {
    const calendars = calendarFiles(others, asOf);
    for (const entry of entries) calendars.add(entry);
    told = await calendars.finish();
  });
  const calendars = files.map(({ path, published_as: key = '' }) => {
    const text = new TextDecoder().decode(store.objects.get(path)?.bytes);
    const calendar = new ICAL.Component(ICAL.parse(text));
    const events = calendar.getAllSubcomponents('vevent');
    const ids = events.map((event) => `${event.getFirstPropertyValue('uid')}`.split('@')[0]);
    const about = `${calendar.getFirstPropertyValue('x-wr-caldesc')}`;
    return [key.slice(calendarFolder(asOf).length + 1), { ids, about }] as const;
  });
  return { told, calendars: Object.fromEntries(calendars) };
};

describe('calendar files', () => {
  test('are one for all and one for each owner, by whatever case the address is written', async () => {
    const { told, calendars } = await write([
      entryOf(1),
      entryOf(2, { ownerEmail: 'L.Fischer@Harbourline.example ' }),
      entryOf(3, { ownerEmail: 'j.tanaka@harbourline.example' }),
      entryOf(4, { ownerEmail: null }),
    ]);
    expect(told).toEqual({ owners: 2, ownersLeftOut: 0 });
    expect(Object.entries(calendars).map(([key, { ids }]) => [key, ids])).toEqual([
      ['renewals.ics', ['C-1', 'C-2', 'C-3', 'C-4']],
      ['owners/j.tanaka@harbourline.example.ics', ['C-3']],
      ['owners/l.fischer@harbourline.example.ics', ['C-1', 'C-2']],
    ]);
  });

  test.each([
    [-1, 0],
    [0, 1],
    [120, 1],
    [121, 0],
  ])('a decision in %d days gives %d events', async (days, count) => {
    const { calendars } = await write([entryOf(1, { decisionOn: addDays(asOf, days) })]);
    expect(calendars['renewals.ics']?.ids).toHaveLength(count);
  });

  test('keep the largest and say how many more there are', async () => {
    const entries = Array.from({ length: 5_003 }, (_, index) => entryOf(index + 1));
    const { calendars } = await write(entries);
    const all = calendars['renewals.ics'];
    const own = calendars['owners/l.fischer@harbourline.example.ics'];
    expect([all?.ids.length, own?.ids.length]).toEqual([2_000, 500]);
    expect(all?.ids).not.toContain('C-3003');
    expect(all?.ids).toContain('C-3004');
    expect(own?.ids).toContain('C-4504');
    expect(all?.about).toContain(' 3003 smaller ones');
    expect(own?.about).toContain(' 4503 smaller ones');
  });

  test('leave out owners beyond a thousand, those with the least ARR', async () => {
    const ownerOf = (number: number) => `o${number}@x.example`;
    const entries = Array.from({ length: 1_002 }, (_, index) =>
      entryOf(index + 1, { ownerEmail: ownerOf(index + 1) }),
    );
    const { told, calendars } = await write(entries);
    expect(told).toEqual({ owners: 1_000, ownersLeftOut: 2 });
    expect(calendars[`owners/${ownerOf(2)}.ics`]).toBeUndefined();
    expect(calendars[`owners/${ownerOf(3)}.ics`]).toBeDefined();
  });
});

describe('the name of an owner', () => {
  test.each([
    ['L.Fischer@Harbourline.example', /^l\.fischer@harbourline\.example$/],
    ['../../secret', /^\.\._\.\._secret-[0-9a-f]{8}$/],
    ['José Ñ <j@x.example>', /^jos_____j@x\.example_-[0-9a-f]{8}$/],
    ['a'.repeat(300), /^a{100}-[0-9a-f]{8}$/],
  ])('%s is a plain part of a key', (email, slug) => {
    expect(ownerSlug(email)).toMatch(slug);
  });

  test('tells two owners apart, but for the case', () => {
    const email = fc.string({ unit: fc.constantFrom('a', 'B', '.', '/', ' ', 'é', '@') });
    fc.assert(
      fc.property(email, email, (one, other) => {
        const isSame = one.trim().toLowerCase() === other.trim().toLowerCase();
        expect(ownerSlug(one) === ownerSlug(other)).toBe(isSame);
        expect(ownerSlug(one)).toMatch(/^[a-z0-9.@_-]*$/);
      }),
    );
  });
});
