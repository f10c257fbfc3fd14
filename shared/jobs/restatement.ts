import type { Day } from '../basics/day.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { tableBatches } from '../publish/read-table.ts';
import { arrMovements, retentionRestatements, revenueRollups } from '../publish/revenue-tables.ts';
import type { RowOf } from '../publish/table.ts';
import { movementKinds } from '../revenue/movements.ts';
import type { PastDay } from './past-days.ts';
import { pastRowsOver, type VisitRow } from './past-rows.ts';
import { publishedRows } from './published-rows.ts';
import type { Shown } from './revenue-stream.ts';

/** A row of the log; that of an earlier run keeps nothing of its definitions but the note. */
type Restated = Omit<RowOf<typeof retentionRestatements>, 'definitions_id'>;
type Rollup = RowOf<typeof revenueRollups>;

/** Changed movements of a month that are told one by one; the rest is counted. */
const MOST_ROWS = 20;

/** Ratios this close are the same figure. */
const TOLERANCE = 1e-9;

interface Change {
  readonly customerId: string;
  readonly kind: string;
  readonly reported: number;
  readonly now: number;
}

interface Restating {
  readonly store: ObjectStore;
  readonly lastRun: PastDay | null;
  readonly asOf: Day;
  /** Hash of the definitions in force now. */
  readonly definitions: string;
  /** The whole months that are reckoned today, by their ends. */
  readonly monthEnds: readonly Day[];
}

/**
 * Compares what the last run reported of months that were over with what is known of them now, row by
 * row as customers stream past. Only the largest changes of a month are kept.
 */
export const restatementDesk = ({ store, lastRun, asOf, definitions, monthEnds }: Restating) => {
  const path = lastRun?.manifest.files.find(({ table }) => table === arrMovements.name)?.path;
  const columns = ['customer_id', 'month_end', 'kind', 'arr_cents'] as const;
  const past = pastRowsOver(
    path === undefined ? null : tableBatches(store, arrMovements, { path, columns: [...columns] }),
    'customer_id',
  );
  const compared = new Set(monthEnds.filter((end) => lastRun !== null && end <= lastRun.asOf));
  const changes = new Map<string, { rows: Change[]; more: number }>();

  const note = (monthEnd: string, change: Change): void => {
    const month = changes.get(monthEnd) ?? { rows: [], more: 0 };
    changes.set(monthEnd, month);
    const size = ({ now, reported }: Change) => Math.abs(now - reported);
    month.rows.push(change);
    month.rows.sort((a, b) => size(b) - size(a) || (a.customerId < b.customerId ? -1 : 1));
    if (month.rows.length > MOST_ROWS) month.more += month.rows.splice(MOST_ROWS).length;
  };
  /** Rows of one who is not a customer any more. */
  const gone: VisitRow = (values, row) => {
    const monthEnd = String(values.month_end?.[row]);
    if (!compared.has(monthEnd as Day)) return;
    const reported = Number(values.arr_cents?.[row]);
    const customerId = String(values.customer_id?.[row]);
    note(monthEnd, { customerId, kind: String(values.kind?.[row]), reported, now: 0 });
  };

  return {
    reach: (customerId: string) => past.reach(customerId),
    compare({ customer, months }: Shown, ends: readonly Day[]): void {
      if (compared.size === 0) return;
      const before = new Map<string, number>();
      past.visit(
        customer.customerId,
        (values, row) => {
          const key = `${values.month_end?.[row]} ${values.kind?.[row]}`;
          before.set(key, Number(values.arr_cents?.[row]));
        },
        gone,
      );
      for (const [index, monthEnd] of ends.entries()) {
        if (!compared.has(monthEnd)) continue;
        for (const kind of movementKinds) {
          const reported = before.get(`${monthEnd} ${kind}`) ?? 0;
          const now = months[index]?.[kind] ?? 0;
          if (now !== reported)
            note(monthEnd, { customerId: customer.customerId, kind, reported, now });
        }
      }
    },
    /** The log so far, with what is new. */
    async rows(rollups: readonly Rollup[]): Promise<Restated[]> {
      await past.rest(gone);
      if (lastRun === null) return [];
      const earlier = (await publishedRows(store, lastRun, retentionRestatements)) ?? [];
      const reported = await publishedRows(store, lastRun, revenueRollups, { cut: { $eq: 'all' } });
      const kept = earlier.filter(({ month_end }) => compared.has(month_end as Day));
      const before = lastRun.manifest.definitions.hash;
      const because = before === definitions ? null : `definitions changed from ${before}`;
      const about = { asOf, reportedOn: lastRun.asOf, compared, because };
      return [
        ...kept,
        ...figureRows(reported ?? [], rollups, about),
        ...changeRows(changes, about),
      ];
    },
  };
};

interface About {
  readonly asOf: Day;
  readonly reportedOn: Day;
  readonly compared: ReadonlySet<Day>;
  /** Why the whole may read otherwise, where that is known. */
  readonly because: string | null;
}

const FIGURES = ['closing_arr_cents', 'nrr', 'grr'] as const;

/** The figures of the whole that read otherwise: ARR once, the ratios by each method. */
function figureRows(
  reported: readonly Rollup[],
  now: readonly Rollup[],
  { asOf, reportedOn, compared, because }: About,
): Restated[] {
  const keyOf = ({ window, window_end, method }: Rollup) => `${window} ${window_end} ${method}`;
  const known = new Map(now.map((row) => [keyOf(row), row]));
  return reported.flatMap((before) => {
    const after = known.get(keyOf(before));
    const isMonth =
      before.window === 'trailing_12_months' && compared.has(before.window_end as Day);
    if (after === undefined || !isMonth) return [];
    return FIGURES.filter(
      (figure) =>
        (figure !== 'closing_arr_cents' || before.is_default_method) &&
        differ(before[figure], after[figure]),
    ).map((figure) => ({
      noticed_on: asOf,
      reported_on: reportedOn,
      month_end: before.window_end,
      figure,
      method: figure === 'closing_arr_cents' ? null : before.method,
      customer_id: null,
      reported: before[figure],
      now_known: after[figure],
      change: changeOf(before[figure], after[figure]),
      note: because,
    }));
  });
}

const differ = (a: number | null, b: number | null): boolean =>
  a === null || b === null ? a !== b : Math.abs(a - b) > TOLERANCE;

const changeOf = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : b - a;

function changeRows(
  changes: ReadonlyMap<string, { readonly rows: readonly Change[]; readonly more: number }>,
  { asOf, reportedOn, because }: About,
): Restated[] {
  const months = [...changes].sort(([a], [b]) => (a < b ? -1 : 1));
  return months.flatMap(([monthEnd, { rows, more }]) =>
    rows.map(({ customerId, kind, reported, now }, index) => ({
      noticed_on: asOf,
      reported_on: reportedOn,
      month_end: monthEnd,
      figure: kind,
      method: null,
      customer_id: customerId,
      reported,
      now_known: now,
      change: now - reported,
      note: index === rows.length - 1 && more > 0 ? `and ${more} smaller changes` : because,
    })),
  );
}
