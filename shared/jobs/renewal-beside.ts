import { type Day, dayToEpoch } from '../basics/day.ts';
import { opportunityQuery } from '../features/opportunity-query.ts';
import type { Band } from '../health/band.ts';
import type { Batch } from '../ports/warehouse.ts';
import { renewalForecast } from '../publish/renewal-tables.ts';
import type { Run } from '../publish/run-key.ts';
import { accountHealth } from '../publish/tables.ts';
import type { Category } from '../renewals/forecast.ts';
import type { Opportunity } from '../renewals/opportunity.ts';
import type { SourceState } from '../sources/finding.ts';
import type { JobPorts } from './job.ts';
import type { PastDay } from './past-days.ts';
import { type PastRows, pastRows, pastRowsOver } from './past-rows.ts';

/** A renewal as an earlier forecast had it. */
export interface PastForecast {
  readonly renewalId: string;
  readonly stage: string;
  readonly stageSince: number | null;
  readonly category: Category;
  readonly expected: number;
  readonly quarter: string;
}

interface Beside {
  readonly asOf: Day;
  readonly run: Run;
  readonly states: readonly SourceState[];
  readonly health: PastDay | null;
  readonly lastRun: PastDay | null;
  readonly weekAgo: PastDay | null;
}

/** What is read beside the accounts, all in the order of account_id. */
export const renewalBeside = async (
  { asOf, run, states, health, lastRun, weekAgo }: Beside,
  { store, warehouse }: Pick<JobPorts, 'store' | 'warehouse'>,
) => {
  const deals = pastRowsOver(opportunityBatches(states, { asOf, run }, warehouse));
  const bands = await pastRows(store, health, accountHealth, ['band']);
  const before = await pastRows(store, lastRun, renewalForecast, FORECAST);
  const then = await pastRows(store, weekAgo, renewalForecast, FORECAST);
  const all: readonly PastRows[] = [deals, bands, before, then];

  return {
    reach: async (accountId: string) => {
      await Promise.all(all.map((rows) => rows.reach(accountId)));
    },

    end: async () => {
      await Promise.allSettled(all.map((rows) => rows.end()));
    },

    opportunities(accountId: string): Opportunity[] {
      const found: Opportunity[] = [];
      deals.visit(accountId, (columns, row) => found.push(opportunityAt(columns, row)));
      return found;
    },

    band(accountId: string): Band {
      let band: Band = 'unscored';
      bands.visit(accountId, (columns, row) => {
        band = columns.band?.[row] as Band;
      });
      return band;
    },

    /** Forecasts of the last run, and of a week ago. */
    lastRun: pastForecasts(before),
    weekAgo: pastForecasts(then),
  };
};

export type RenewalBeside = Awaited<ReturnType<typeof renewalBeside>>;

const FORECAST = [
  'account_id',
  'renewal_id',
  'stage',
  'stage_since',
  'category',
  'expected_cents',
  'quarter',
] as const;

type Columns = Batch['columns'];
type Gone = (past: PastForecast) => void;

/** `gone` is shown the forecasts of accounts that are no longer there. */
const pastForecasts = (rows: PastRows) => ({
  of: (accountId: string, gone: Gone) => forecastsOf(rows, accountId, gone),
  rest: (gone: Gone) => rows.rest((columns, row) => gone(forecastAt(columns, row))),
});

function opportunityBatches(
  states: readonly SourceState[],
  { asOf, run }: Pick<Beside, 'asOf' | 'run'>,
  warehouse: JobPorts['warehouse'],
): AsyncIterable<Batch> | null {
  const state = states.find(({ id }) => id === 'opportunities');
  if (state === undefined || state.sql === null) return null;
  return warehouse.stream({
    name: 'renewal-opportunities',
    sql: opportunityQuery(state.sql, asOf),
    orderBy: 'account_id',
    rowsExpected: state.rows,
    runKey: run.key,
  });
}

function opportunityAt(columns: Columns, row: number): Opportunity {
  const text = (name: string) => (columns[name]?.[row] ?? null) as string | null;
  const number = (name: string) => (columns[name]?.[row] ?? null) as number | null;
  return {
    opportunityId: text('opportunity_id') as string,
    contractId: text('contract_id'),
    stage: text('stage') ?? '',
    amount: number('amount'),
    currency: text('currency'),
    closeOn: number('close_day'),
    outcome: text('outcome') as Opportunity['outcome'],
    probability: number('probability'),
    category: text('forecast_category'),
    stageSince: number('stage_since_day'),
    nextStep: text('next_step'),
  };
}

function forecastsOf(rows: PastRows, accountId: string, gone: Gone): Map<string, PastForecast> {
  const found = new Map<string, PastForecast>();
  rows.visit(
    accountId,
    (columns, row) => {
      const past = forecastAt(columns, row);
      found.set(past.renewalId, past);
    },
    (columns, row) => gone(forecastAt(columns, row)),
  );
  return found;
}

function forecastAt(columns: Columns, row: number): PastForecast {
  const since = columns.stage_since?.[row] as Day | null;
  return {
    renewalId: columns.renewal_id?.[row] as string,
    stage: columns.stage?.[row] as string,
    stageSince: since === null ? null : dayToEpoch(since),
    category: columns.category?.[row] as Category,
    expected: columns.expected_cents?.[row] as number,
    quarter: columns.quarter?.[row] as string,
  };
}
