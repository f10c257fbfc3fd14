import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { addDays, toDay } from '../../../shared/basics/day.ts';
import { type CalendarEntry, renewalCalendar } from '../../../shared/reports/renewal-calendar.ts';

const asOf = toDay('2026-11-22');

const entry: CalendarEntry = {
  renewalId: 'C-1@2027-01-31',
  accountId: 'A-1',
  accountName: 'Meridian Retail',
  product: 'Platform',
  decisionOn: toDay('2026-12-31'),
  termEnd: toDay('2027-01-31'),
  dueArrCents: 12_000_000,
  currency: 'USD',
  category: 'commit',
  ownerEmail: 'l.fischer@harbourline.example',
};

const write = (entries: readonly CalendarEntry[], more = 0, day = asOf): string =>
  renewalCalendar({ title: 'Renewals to decide', asOf: day, entries, more });

/** What a reader who is none of ours makes of it. */
const read = (text: string) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar
    .getAllSubcomponents('vevent')
    .map((component: ICAL.Component) => new ICAL.Event(component));
  return { calendar, events };
};

const lengthsOf = (text: string) => text.split('\r\n').map((line) => Buffer.byteLength(line));

describe('a calendar of renewals', () => {
  test('shows a decision as an event of the whole day that blocks nobody', () => {
    const { calendar, events } = read(write([entry]));
    const [event] = events;
    expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH');
    expect(event?.uid).toBe('C-1@2027-01-31@holdfast');
    expect(event?.summary).toBe('Decide: Meridian Retail (Platform), $120K');
    expect(event?.startDate.toString()).toBe('2026-12-31');
    expect([event?.startDate.isDate, event?.duration.toString()]).toEqual([true, 'P1D']);
    expect(event?.component.getFirstPropertyValue('transp')).toBe('TRANSPARENT');
    expect(event?.component.getFirstPropertyValue('dtstamp')?.toString()).toBe(
      '2026-11-22T00:00:00Z',
    );
    expect(event?.description.split('\n')).toEqual([
      'Account: Meridian Retail (A-1)',
      'First day after the term 2027-01-31; decide by 2026-12-31',
      'ARR up for renewal: $120K',
      'Forecast: commit',
      'Owner: l.fischer@harbourline.example',
    ]);
  });

  test('keeps the id of a renewal whose date moves, and the later file wins', () => {
    const moved = { ...entry, decisionOn: toDay('2026-12-01') };
    const [before] = read(write([entry])).events;
    const [after] = read(write([moved], 0, addDays(asOf, 1))).events;
    expect(after?.uid).toBe(before?.uid);
    expect(after?.sequence).toBeGreaterThan(before?.sequence ?? 0);
  });

  test('says how many found no room', () => {
    const { calendar } = read(write([entry], 1_234));
    expect(calendar.getFirstPropertyValue('x-wr-caldesc')).toContain(' 1234 smaller ones');
    expect(write([entry])).not.toContain('smaller');
  });

  test('has the same bytes in whatever order they come', () => {
    const entries = [3, 1, 2].map((number) => ({ ...entry, renewalId: `C-${number}` }));
    expect(write(entries)).toBe(write(entries.toReversed()));
  });

  test('may be empty', () => {
    expect(read(write([])).events).toEqual([]);
  });

  test.each([
    ['line ends', 'Evil\r\nEND:VEVENT\r\nBEGIN:VEVENT', 'EvilEND:VEVENTBEGIN:VEVENT'],
    ['signs of the format', 'a;b,c\\n:"d"', 'a;b,c\\n:"d"'],
    ['bidi marks', 'a\u202eb\u2066c', 'abc'],
    ['a line separator', 'a\u2028b', 'ab'],
    ['emoji', '👩🏽‍🚀'.repeat(3), '👩🏽‍🚀'.repeat(3)],
    ['10,000 characters', '株'.repeat(10_000), `${'株'.repeat(79)}…`],
    ['nothing', '', 'A-1'],
    ['only controls', '\r\n\0', 'A-1'],
  ])('cannot be broken by a name of %s', (_, accountName, name) => {
    const text = write([{ ...entry, accountName, product: null }]);
    expect(read(text).events.map(({ summary }) => summary)).toEqual([`Decide: ${name}, $120K`]);
    expect(Math.max(...lengthsOf(text))).toBeLessThanOrEqual(75);
  });
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: fc.constantFrom('\r', '\n', ';', ',', '\\', ':', '"', '株', '😀', ' ', 'a') }),
);

test('whatever the names, every event is read back, in lines of 75 octets that are whole', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyText, anyText, anyText), { maxLength: 8 }), (names) => {
      const entries = names.map(([accountName, accountId, ownerEmail], index) => ({
        ...{ ...entry, accountName, accountId, ownerEmail },
        renewalId: `${accountId}-${index}`,
      }));
      const text = write(entries);
      expect(Math.max(...lengthsOf(text))).toBeLessThanOrEqual(75);
      expect(Buffer.from(text).toString()).toBe(text);
      const { events } = read(text);
      expect(new Set(events.map(({ uid }) => uid)).size).toBe(entries.length);
      for (const { description, startDate } of events) {
        expect(description.split('\n')).toHaveLength(5);
        expect(startDate.toString()).toBe(entry.decisionOn);
      }
    }),
    { numRuns: 200 },
  );
});
