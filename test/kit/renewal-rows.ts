import { toDay } from '../../shared/basics/day.ts';
import type { ForecastWords } from '../../shared/finance/definitions-text.ts';
import { financeFiles } from '../../shared/jobs/finance-files.ts';
import type { ObjectStore } from '../../shared/ports/object-store.ts';
import { commitManifest, type Manifest, manifestPath } from '../../shared/publish/manifest.ts';
import { publishRun, writeTables } from '../../shared/publish/publication.ts';
import type {
  forecastWalk,
  renewalForecast,
  renewalRollups,
} from '../../shared/publish/renewal-tables.ts';
import { definitionsOf, type Run, runOf } from '../../shared/publish/run-key.ts';
import type { RowOf } from '../../shared/publish/table.ts';

type ForecastRow = RowOf<typeof renewalForecast>;

export const renewalDay = toDay('2026-11-22');

export const renewalRun: Run = runOf({
  job: 'track-renewals',
  asOf: renewalDay,
  config: {},
  definitions: definitionsOf('renewals-1', { horizon: 12 }),
  revision: 1,
});

/** One row of the forecast; a test changes what it is about. */
export const forecastRow: ForecastRow = {
  renewal_id: 'C-1@2027-01-31',
  contract_id: 'C-1',
  account_id: 'A-1',
  customer_id: 'A-1',
  name: 'Meridian Retail',
  product: 'Platform',
  segment: 'enterprise',
  region: 'EMEA',
  owner_email: 'l.fischer@harbourline.example',
  due_on: '2027-01-31',
  decision_on: '2026-12-31',
  quarter: '2027-Q1',
  state: 'open',
  due_arr_cents: 12_000_050,
  category: 'commit',
  probability: 0.925,
  expected_cents: 11_100_046,
  upsell_cents: 0,
  currency: 'USD',
  basis: 'observed',
  basis_n: 41,
  because: '37 of 41 green renewals stayed, by ARR 92.5 %',
  band: 'green',
  health_on: '2026-11-22',
  horizon: '60',
  stage: 'negotiation',
  stage_since: null,
  opportunity_id: null,
  csm_probability: null,
  csm_category: null,
  disagreement: null,
  definitions_id: 'renewals-1',
};

/** So many renewals, each another, with names as people write them. */
export const forecastRows = (count: number): ForecastRow[] =>
  Array.from({ length: count }, (_, index) => ({
    ...forecastRow,
    renewal_id: `C-${index + 1}@2027-01-31`,
    contract_id: `C-${index + 1}`,
    name: NAMES[index % NAMES.length] ?? null,
    due_arr_cents: 12_000_050 + index,
    expected_cents: 11_100_046 + index,
  }));

const NAMES = ['Meridian Retail', 'Corvid, Bank & "Sons"', '=cmd|calc', 'Zażółć 株式会社 😀', null];

export const rollupRow: RowOf<typeof renewalRollups> = {
  cut: 'all',
  cut_value: 'all',
  period_kind: 'quarter',
  period: '2027-Q1',
  renewals: 1,
  due_arr_cents: 12_000_050,
  won_arr_cents: 0,
  lost_arr_cents: 0,
  open_arr_cents: 12_000_050,
  commit_cents: 12_000_050,
  best_case_cents: 12_000_050,
  expected_cents: 11_100_046,
  spread_cents: 3_160_000,
  at_risk_cents: 0,
  upsell_cents: 0,
  target_cents: 0,
  gap_cents: 0,
  currency: 'USD',
  definitions_id: 'renewals-1',
};

export const walkRow: RowOf<typeof forecastWalk> = {
  quarter: 'all',
  since: '2026-11-15',
  opening_cents: 11_100_051,
  new_cents: 0,
  won_cents: 0,
  lost_cents: 0,
  moved_in_cents: 0,
  moved_out_cents: 0,
  up_cents: 0,
  down_cents: -5,
  gone_cents: 0,
  closing_cents: 11_100_046,
  currency: 'USD',
  definitions_id: 'renewals-1',
};

export const forecastWords: ForecastWords = {
  currency: 'USD',
  horizon: 'terms that end before 2027-12-01',
  method: ['Expected is due ARR by probability.'],
  categories: [{ term: 'commit', meaning: 'we count on it' }],
  stages: [{ term: 'negotiation | <b>legal</b>', meaning: 'terms are on the table' }],
  basis: [{ term: 'observed', meaning: 'the rate of past renewals' }],
};

interface Published {
  readonly rows?: readonly ForecastRow[];
  readonly run?: Run;
}

/** Writes the folder for finance in one run, as a job does, and shows it to readers. */
export const publishForecast = async (
  store: ObjectStore,
  { rows = forecastRows(5), run = renewalRun }: Published = {},
): Promise<Manifest['files']> => {
  const files = await writeTables(store, run, {}, async (_, others) => {
    const finance = await financeFiles(others, run);
    for (const [index, row] of rows.entries()) {
      finance.forecast.add(row);
      if (index % 1000 === 0) await finance.flush();
    }
    finance.rollups.add(rollupRow);
    finance.walk.add(walkRow);
    const reconciliation = { revenueArrCents: 60_000_250, renewalsArrCents: 60_000_250 };
    await finance.finish({ words: forecastWords, reconciliation });
  });
  await commitManifest(store, manifestPath(run), manifestWith(run, files));
  await publishRun(store, run);
  return files;
};

export const manifestWith = (run: Run, files: Manifest['files']): Manifest => ({
  schema_version: 2,
  job: run.job,
  as_of: run.asOf,
  run_key: run.key,
  config_hash: run.configHash,
  revision: run.revision,
  definitions: run.definitions,
  history: { last_run: null, baseline: null },
  degraded: false,
  sources: [],
  findings: 0,
  files,
  summary: {},
});
