import { compareUtf8 } from '../basics/compare-utf8.ts';
import { addDays, type Day, dayToEpoch } from '../basics/day.ts';
import { sha256 } from '../basics/digest.ts';
import { formatMoney } from '../basics/money.ts';
import { plainText } from '../basics/text.ts';
import { icsDate, icsLines, icsText } from './ics-text.ts';

/** An open renewal, as far as a calendar shows it. */
export interface CalendarEntry {
  readonly renewalId: string;
  readonly accountId: string;
  readonly accountName: string | null;
  readonly product: string | null;
  readonly decisionOn: Day;
  readonly termEnd: Day;
  readonly dueArrCents: number;
  readonly currency: string;
  readonly category: string;
  readonly ownerEmail: string | null;
}

interface CalendarOptions {
  readonly title: string;
  readonly asOf: Day;
  readonly entries: readonly CalendarEntry[];
  /** Renewals that belong here and did not find room. */
  readonly more: number;
}

/** One all-day event on each decision date. The same entries give the same bytes. */
export const renewalCalendar = ({ title, asOf, entries, more }: CalendarOptions): string => {
  const name = icsText(plainText(title, 120));
  // Without a comma: readers differ in whether they take the escape off this one.
  const left = more === 0 ? '' : ` ${more} smaller ones are in the tables alone.`;
  const about = `Renewals to decide from ${asOf} on within ${CALENDAR_DAYS} days.${left}`;
  return icsLines([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Holdfast//Renewals//EN',
    'METHOD:PUBLISH',
    `NAME:${name}`,
    `X-WR-CALNAME:${name}`,
    `X-WR-CALDESC:${icsText(about)}`,
    ...[...entries].sort(byDecision).flatMap((entry) => eventLines(entry, asOf)),
    'END:VCALENDAR',
  ]);
};

function eventLines(entry: CalendarEntry, asOf: Day): string[] {
  const stamp = `${icsDate(asOf)}T000000Z`;
  return [
    'BEGIN:VEVENT',
    `UID:${uidOf(entry.renewalId)}`,
    // A later file replaces what an earlier one said, also where the date moved to and fro.
    `SEQUENCE:${dayToEpoch(asOf)}`,
    `DTSTAMP:${stamp}`,
    `LAST-MODIFIED:${stamp}`,
    `DTSTART;VALUE=DATE:${icsDate(entry.decisionOn)}`,
    `DTEND;VALUE=DATE:${icsDate(addDays(entry.decisionOn, 1))}`,
    `SUMMARY:${icsText(titleOf(entry))}`,
    `DESCRIPTION:${icsText(descriptionOf(entry))}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}

/** How far ahead a calendar looks: from the first milestone of a renewal on. */
export const CALENDAR_DAYS = 120;

const byDecision = (a: CalendarEntry, b: CalendarEntry): number =>
  compareUtf8(a.decisionOn, b.decisionOn) || compareUtf8(a.renewalId, b.renewalId);

/** Stays when the date moves. An id that cannot stand on one line is told apart by its digest. */
function uidOf(renewalId: string): string {
  const plain = plainText(renewalId, 120);
  const id = plain === renewalId ? plain : `${plain}-${sha256(renewalId).slice(0, 12)}`;
  return icsText(`${id}@holdfast`);
}

const nameOf = ({ accountName, accountId }: CalendarEntry): string =>
  plainText(accountName ?? '', 80) || plainText(accountId, 80);

const titleOf = (entry: CalendarEntry): string =>
  `Decide: ${nameOf(entry)}${productOf(entry)}, ${formatMoney(entry.dueArrCents, entry.currency)}`;

const productOf = ({ product }: CalendarEntry): string =>
  product === null ? '' : ` (${plainText(product, 40)})`;

const descriptionOf = (entry: CalendarEntry): string =>
  [
    `Account: ${nameOf(entry)} (${plainText(entry.accountId, 80)})`,
    `First day after the term ${entry.termEnd}; decide by ${entry.decisionOn}`,
    `ARR up for renewal: ${formatMoney(entry.dueArrCents, entry.currency)}`,
    `Forecast: ${plainText(entry.category, 40).replaceAll('_', ' ')}`,
    `Owner: ${plainText(entry.ownerEmail ?? 'nobody', 120)}`,
  ].join('\n');
