import { compareUtf8 } from '../basics/compare-utf8.ts';
import { addDays, type Day } from '../basics/day.ts';
import { plainText } from '../basics/text.ts';
import type { Attachment } from '../ports/mailer.ts';
import { csvFile } from '../publish/csv-file.ts';
import { renewalForecast } from '../publish/renewal-tables.ts';
import type { RowOf } from '../publish/table.ts';
import { largestEntries } from '../reports/largest.ts';
import { orderedShelf } from '../reports/ordered-shelf.ts';
import { CALENDAR_DAYS, renewalCalendar } from '../reports/renewal-calendar.ts';
import type { ForecastLine } from './weekly-renewals.ts';

/** Nobody reads a longer list, and a mail may weigh 2 MB; the table has them all. */
const MOST_ROWS = 1_000;
const MOST_CSV_BYTES = 400_000;
const MOST_DATES = 200;

/** The columns of the attached list, as they are called in renewal_forecast. */
const { columns } = renewalForecast;
const listed = {
  name: 'renewals_at_risk',
  grain: 'one row per open renewal at risk',
  columns: {
    renewal_id: columns.renewal_id,
    account_id: columns.account_id,
    name: columns.name,
    product: columns.product,
    owner_email: columns.owner_email,
    due_on: columns.due_on,
    decision_on: columns.decision_on,
    category: columns.category,
    probability: columns.probability,
    band: columns.band,
    due_arr_cents: columns.due_arr_cents,
    expected_cents: columns.expected_cents,
    currency: columns.currency,
    because: columns.because,
  },
} as const;

export type RiskList = ReturnType<typeof riskList>;

/** Keeps the largest renewals at risk, for a list and a calendar attached to the summary. */
export const riskList = (asOf: Day) => {
  const rows = orderedShelf<ForecastLine>(MOST_ROWS, bySize);
  const dates = largestEntries(MOST_DATES);
  const until = addDays(asOf, CALENDAR_DAYS);

  return {
    add(line: ForecastLine): void {
      rows.add(line);
      if (line.decision_on < asOf || line.decision_on > until) return;
      dates.add({
        ...{ renewalId: line.renewal_id, accountId: line.account_id, accountName: line.name },
        ...{ product: line.product, decisionOn: line.decision_on as Day },
        ...{ termEnd: line.due_on as Day, dueArrCents: line.due_arr_cents },
        ...{ currency: line.currency, category: line.category, ownerEmail: line.owner_email },
      });
    },

    /** The files, and what the mail says of each. */
    attachments(): { readonly files: readonly Attachment[]; readonly words: readonly string[] } {
      const shown = rows.kept();
      if (shown.length === 0) return { files: [], words: [] };
      const list = csvOf(shown);
      const left = rows.offered() - list.rows;
      const more = left === 0 ? '' : ` of ${rows.offered()}, the others in renewal_forecast`;
      const entries = dates.kept();
      const title = 'Renewals at risk to decide';
      const calendar = renewalCalendar({ title, asOf, entries, more: dates.more() });
      return {
        files: [
          file('renewals-at-risk.csv', 'text/csv; charset=utf-8', list.text),
          file('renewals-at-risk.ics', 'text/calendar; charset=utf-8; method=PUBLISH', calendar),
        ],
        words: [
          `renewals-at-risk.csv (${list.rows} rows${more})`,
          `renewals-at-risk.ics (${entries.length} dates)`,
        ],
      };
    },
  };
};

/** As many rows as a mail has room for; names as they can be shown, whatever they are in the warehouse. */
function csvOf(lines: readonly ForecastLine[]): { text: string; rows: number } {
  const pieces: string[] = [];
  let bytes = 0;
  const sink = {
    add(piece: string) {
      bytes += Buffer.byteLength(piece);
      pieces.push(piece);
    },
  };
  const csv = csvFile(listed, sink);
  let rows = 0;
  for (const line of lines) {
    if (bytes > MOST_CSV_BYTES) break;
    const [name, because] = [line.name && plainText(line.name, 120), plainText(line.because, 300)];
    csv.add({ ...line, name, because } as RowOf<typeof listed>);
    rows += 1;
  }
  return { text: pieces.join(''), rows };
}

const file = (filename: string, contentType: string, text: string): Attachment => ({
  ...{ filename, contentType },
  content: new TextEncoder().encode(text),
});

const bySize = (a: ForecastLine, b: ForecastLine): number =>
  b.due_arr_cents - a.due_arr_cents || compareUtf8(a.renewal_id, b.renewal_id);
