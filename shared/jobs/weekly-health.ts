import { compareUtf8 } from '../basics/compare-utf8.ts';
import type { Config } from '../config/schema.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { alertBudget } from '../publish/risk-tables.ts';
import type { RowOf } from '../publish/table.ts';
import { accountHealth, measureHealth, segmentHealth } from '../publish/tables.ts';
import { orderedShelf } from '../reports/ordered-shelf.ts';
import type { BandMix, BandSum, HealthFigures, RiskyAccount } from '../reports/weekly/figures.ts';
import { accountName } from './account-name.ts';
import type { PastDay } from './past-days.ts';
import { publishedRows } from './published-rows.ts';
import { publishedWalk } from './published-walk.ts';

/** What the week needs of an account. */
export type HealthRow = Pick<RowOf<typeof accountHealth>, (typeof COLUMNS)[number]>;

const COLUMNS = [
  ...(['account_id', 'name', 'segment', 'lifecycle', 'region', 'owner_email'] as const),
  ...(['arr_cents', 'score', 'band', 'change_28d', 'coverage', 'top_driver'] as const),
  ...(['gate_effect', 'gate_reason', 'reason', 'override_reason'] as const),
] as const;

/** The largest accounts in danger that are told one by one. */
const MOST_RISKY = 20;

interface Watched {
  readonly config: Config;
  /** The worst critical flag of an account, by its id. */
  readonly critical: ReadonlyMap<string, string>;
  readonly onAccount: (row: HealthRow) => void;
}

/** The health of the week, as score-accounts published it. */
export const weeklyHealth = async (
  store: ObjectStore,
  day: PastDay | null,
  { config, critical, onAccount }: Watched,
): Promise<HealthFigures | null> => {
  if (day === null) return null;
  const risky = orderedShelf<RiskyAccount>(MOST_RISKY, byArr);
  let atRiskArr = 0;
  for await (const row of publishedWalk(store, day, accountHealth, COLUMNS)) {
    onAccount(row);
    const evidence = critical.get(row.account_id) ?? null;
    if (row.arr_cents <= 0 || (row.band !== 'red' && evidence === null)) continue;
    atRiskArr += row.arr_cents;
    risky.add(riskyOf(row, evidence));
  }
  const rows = (await publishedRows(store, day, segmentHealth)) ?? [];
  const whole = rows.filter(({ cut }) => cut === 'all');
  const order = config.segments.map(({ id }) => id);
  const segments = [...new Set(rows.filter(isSegment).map(({ cut_value }) => cut_value))].sort(
    (a, b) => order.indexOf(a) - order.indexOf(b) || compareUtf8(a, b),
  );
  const budget = (await publishedRows(store, day, alertBudget)) ?? [];
  return {
    on: day.asOf,
    all: mixOf('all', whole),
    segments: segments.map((id) =>
      mixOf(
        id,
        rows.filter((row) => isSegment(row) && row.cut_value === id),
      ),
    ),
    up28d: sumOf(whole, 'up_28d', 'up_28d_arr_cents'),
    down28d: sumOf(whole, 'down_28d', 'down_28d_arr_cents'),
    hasMovements: day.manifest.history.baseline !== null,
    atRisk: risky.kept(),
    ...{ atRiskCount: risky.offered(), atRiskArr },
    flagsShown: budget.reduce((sum, { shown }) => sum + shown, 0),
    flagsHeld: budget.reduce((sum, { open_flags, shown }) => sum + open_flags - shown, 0),
    ...(await measuresOf(store, day, config)),
  };
};

type SegmentRow = RowOf<typeof segmentHealth>;

const isSegment = ({ cut }: SegmentRow): boolean => cut === 'segment';

const riskyOf = (row: HealthRow, evidence: string | null): RiskyAccount => ({
  accountId: row.account_id,
  name: accountName(row),
  segment: row.segment,
  arr: row.arr_cents,
  ...{ band: row.band, score: row.score, change28d: row.change_28d, evidence },
  driver: row.top_driver?.replaceAll('_', ' ') ?? null,
  ownerEmail: row.owner_email,
});

function mixOf(segment: string, rows: readonly SegmentRow[]): BandMix {
  const of = (band: string): BandSum => {
    const found = rows.filter((row) => row.band === band);
    return sumOf(found, 'accounts', 'arr_cents');
  };
  return {
    ...{ segment, green: of('green'), yellow: of('yellow'), red: of('red') },
    unscored: of('unscored'),
  };
}

type Counted = 'accounts' | 'up_28d' | 'down_28d';
type Money = 'arr_cents' | 'up_28d_arr_cents' | 'down_28d_arr_cents';

const sumOf = (rows: readonly SegmentRow[], count: Counted, money: Money): BandSum => ({
  accounts: rows.reduce((sum, row) => sum + row[count], 0),
  arr: rows.reduce((sum, row) => sum + row[money], 0),
});

/** What costs the customer base most, and how the lever in focus stands. */
async function measuresOf(
  store: ObjectStore,
  day: PastDay,
  { reports }: Config,
): Promise<Pick<HealthFigures, 'costliest' | 'focusPoints'>> {
  const rows = (await publishedRows(store, day, measureHealth, { cut: { $eq: 'all' } })) ?? [];
  const [worst] = rows
    .filter(({ mean_lost }) => (mean_lost ?? 0) > 0)
    .sort((a, b) => (b.mean_lost ?? 0) - (a.mean_lost ?? 0) || compareUtf8(a.measure, b.measure));
  const focused = rows.find(({ measure }) => measure === reports.focus?.measure);
  return {
    costliest:
      worst === undefined
        ? null
        : { measure: worst.measure.replaceAll('_', ' '), lost: worst.mean_lost ?? 0 },
    focusPoints: focused?.mean_points ?? null,
  };
}

const byArr = (a: RiskyAccount, b: RiskyAccount): number =>
  b.arr - a.arr || compareUtf8(a.accountId, b.accountId);
