import { addDays, type Day } from '../../shared/basics/day.ts';
import { manifestOf } from '../../shared/jobs/run-once.ts';
import type { ObjectStore } from '../../shared/ports/object-store.ts';
import { commitManifest, type Manifest, manifestPath } from '../../shared/publish/manifest.ts';
import { publishRun, writeTables } from '../../shared/publish/publication.ts';
import { renewalForecast, renewals } from '../../shared/publish/renewal-tables.ts';
import { revenueRollups } from '../../shared/publish/revenue-tables.ts';
import { alertBudget, flagAlerts, riskFlags, warRooms } from '../../shared/publish/risk-tables.ts';
import { definitionsOf, runOf } from '../../shared/publish/run-key.ts';
import type { RowOf, Table } from '../../shared/publish/table.ts';
import {
  accountHealth,
  healthMovements,
  healthReceipts,
  measureHealth,
  portfolioTrend,
  segmentHealth,
} from '../../shared/publish/tables.ts';

/** What a test says of a row; the rest is nothing, or zero. */
type Said<T extends Table> = readonly Partial<RowOf<T>>[];

/** Tables of one day as the three nightly jobs publish them; a job without any has not run. */
export interface PublishedDay {
  readonly asOf: Day;
  readonly health?: {
    readonly accounts: Said<typeof accountHealth>;
    readonly movements?: Said<typeof healthMovements>;
    readonly receipts?: Said<typeof healthReceipts>;
    readonly trend?: Said<typeof portfolioTrend>;
    readonly measures?: Said<typeof measureHealth>;
    readonly flags?: Said<typeof riskFlags>;
    readonly rooms?: Said<typeof warRooms>;
    readonly sources?: Manifest['sources'];
  };
  readonly revenue?: Said<typeof revenueRollups>;
  readonly renewals?: {
    readonly forecast: Said<typeof renewalForecast>;
    readonly decided?: Said<typeof renewals>;
  };
}

/** Puts a day into a store, with segments, alerts and budgets as the rows of accounts and flags have them. */
export const publishDay = async (store: ObjectStore, day: PublishedDay): Promise<void> => {
  const { asOf, health, revenue, renewals: renewing } = day;
  if (health !== undefined) {
    const { accounts, flags = [] } = health;
    const open = flags.filter(({ state }) => state !== 'cleared');
    const tables = {
      ...{ accountHealth, healthMovements, healthReceipts, portfolioTrend, measureHealth },
      ...{ riskFlags, warRooms, segmentHealth, flagAlerts, alertBudget },
    };
    const rows = {
      accountHealth: accounts,
      healthMovements: health.movements ?? [],
      healthReceipts: health.receipts ?? [],
      portfolioTrend: health.trend ?? [],
      measureHealth: health.measures ?? [],
      riskFlags: flags,
      warRooms: health.rooms ?? [],
      segmentHealth: segmentsOf(accounts),
      flagAlerts: open.map((flag, index) => ({
        ...{ owner_email: flag.owner_email ?? '(none)', rank: index + 1, decision: 'shown' },
        ...{ account_id: flag.account_id, name: flag.name, flag: flag.flag },
        ...{ severity: flag.severity, evidence: flag.evidence, arr_cents: flag.arr_cents },
        ...{ play_name: flag.play_name, due_on: flag.due_on },
      })),
      alertBudget: [{ owner_email: '(none)', open_flags: open.length, shown: open.length }],
    };
    await publish(store, { job: 'score-accounts', asOf, tables, rows, sources: health.sources });
  }
  if (revenue !== undefined) {
    await publish(store, {
      ...{ job: 'rollup-revenue', asOf, tables: { revenueRollups } },
      rows: { revenueRollups: revenue },
    });
  }
  if (renewing !== undefined) {
    await publish(store, {
      ...{ job: 'track-renewals', asOf, tables: { renewalForecast, renewals } },
      rows: { renewalForecast: renewing.forecast, renewals: renewing.decided ?? [] },
    });
  }
};

interface Published {
  readonly job: string;
  readonly asOf: Day;
  readonly tables: Readonly<Record<string, Table>>;
  readonly rows: Readonly<Record<string, readonly object[]>>;
  readonly sources?: Manifest['sources'] | undefined;
}

async function publish(store: ObjectStore, published: Published): Promise<void> {
  const { job, asOf, tables, rows, sources = [] } = published;
  const definitions = definitionsOf(`${job}-test`, {});
  const run = runOf({ job, asOf, config: {}, definitions, revision: 1 });
  const files = await writeTables(store, run, tables, async (open) => {
    for (const [key, table] of Object.entries(tables)) {
      for (const row of rows[key] ?? []) open[key]?.add(filled(table, asOf, row) as never);
      await open[key]?.flush();
    }
  });
  const baseline = { asOf: addDays(asOf, -28), manifest: { run_key: 'before' } as Manifest };
  const history = { lastRun: null, baseline };
  const summary = { currency: 'USD' };
  const manifest = { ...manifestOf({ run, states: [], files, history, summary }), sources };
  await commitManifest(store, manifestPath(run), manifest);
  await publishRun(store, run);
}

/** A row with every column: what is not said is null, or what stands for nothing. */
function filled(table: Table, asOf: Day, said: object): object {
  const nothing = { text: '', count: 0, cents: 0, number: 0, tenths: 0, flag: false, day: asOf };
  return Object.fromEntries(
    Object.entries(table.columns).map(([name, { kind, optional }]) => {
      const value = (said as Record<string, unknown>)[name];
      return [name, value ?? (optional === true ? null : nothing[kind])];
    }),
  );
}

const BANDS = ['green', 'yellow', 'red', 'unscored'];

function segmentsOf(accounts: Said<typeof accountHealth>): Said<typeof segmentHealth> {
  const segments = [...new Set(accounts.map(({ segment }) => segment ?? ''))].sort();
  const cuts = [
    { cut: 'all', cut_value: 'all', mine: accounts },
    ...segments.map((segment) => ({
      ...{ cut: 'segment', cut_value: segment },
      mine: accounts.filter((account) => (account.segment ?? '') === segment),
    })),
  ];
  return cuts.flatMap(({ cut, cut_value, mine }) =>
    BANDS.map((band) => {
      const found = mine.filter((account) => account.band === band);
      const arr_cents = found.reduce((sum, account) => sum + (account.arr_cents ?? 0), 0);
      return { cut, cut_value, band, accounts: found.length, arr_cents };
    }),
  );
}
