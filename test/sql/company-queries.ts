import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { duckdbWarehouse } from '../../functions/adapters/local/duckdb-warehouse.ts';
import { writeSampleCompany } from '../../functions/cli/sample-company/write-sample-company.ts';
import { sampleConfig } from '../../functions/cli/sample-config.ts';
import { toDay } from '../../shared/basics/day.ts';
import { HoldfastError } from '../../shared/basics/problem.ts';
import { loadConfig } from '../../shared/config/load-config.ts';
import type { Config } from '../../shared/config/schema.ts';
import { inspectSources } from '../../shared/jobs/inspect-sources.ts';
import { rateGaps } from '../../shared/jobs/quoted-rates.ts';
import { rollupRevenue } from '../../shared/jobs/rollup-revenue.ts';
import { scoreAccounts } from '../../shared/jobs/score-accounts.ts';
import { trackRenewals } from '../../shared/jobs/track-renewals.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import { calendarOf } from '../../shared/revenue/calendar.ts';
import { fakeClock } from '../kit/fake-clock.ts';
import { type MemoryObjectStore, memoryObjectStore } from '../kit/memory-object-store.ts';
import { brokenAccounts, brokenFacts, untidy, writeFaultyCompany } from './faults.ts';
import { mappedConfig } from './mapped-config.ts';
import { type RecordedQuery, recordingWarehouse } from './recording-warehouse.ts';

export const AS_OF = toDay('2026-11-22');

/** A company on disk, and what a doctor's visit and a run make of it. */
export interface Company {
  readonly title: string;
  /** Of Parquet files, named like the tables. */
  readonly folder: string;
  readonly config: Config;
}

const untidyConfig = `${sampleConfig}
data_quality: { orphan_share: 0.5 }
`;

/** One company without fault, and others that lead to every query there is. */
export const writeCompanies = async (root: string, accounts: number): Promise<Company[]> => {
  const sample = join(root, 'sample');
  await writeSampleCompany({ folder: sample, accounts, asOf: AS_OF, seed: 7 });
  const faulty = async (title: string, faults: typeof untidy, config: string) => {
    const folder = join(root, title.replaceAll(' ', '-'));
    await mkdir(folder, { recursive: true });
    await writeFaultyCompany(sample, folder, faults);
    return { title, folder, config: loadConfig({ text: config, file: title }) };
  };
  const plain = loadConfig({ text: sampleConfig, file: 'sample' });
  return [
    { title: 'sample', folder: sample, config: plain },
    await faulty('untidy', untidy, untidyConfig),
    await faulty('broken facts', brokenFacts, sampleConfig),
    await faulty('broken accounts', brokenAccounts, sampleConfig),
    await faulty('mapped', {}, mappedConfig),
  ];
};

/** Everything a doctor's visit and a run of each job ask of DuckDB for a company, each query once. */
export const recordQueries = async (company: Company): Promise<RecordedQuery[]> => {
  const duckdb = await duckdbWarehouse({ path: company.folder });
  const { warehouse, queries } = recordingWarehouse(duckdb);
  try {
    const states = await inspectSources({ config: company.config, asOf: AS_OF, warehouse });
    if (states.every(({ id, sql }) => id !== 'contracts' || sql !== null)) {
      await rateGaps(warehouse, states, calendarOf(AS_OF));
    }
    await runScores(company, warehouse);
    const revenue = await runScores(company, warehouse, { job: rollupRevenue });
    if (revenue) await runScores(company, warehouse, { job: trackRenewals, store: revenue });
  } finally {
    await warehouse.close();
  }
  return [...new Map(queries.map((query) => [query.sql, query])).values()];
};

/** The results of a run, or null where its sources are too broken to score. */
export const runScores = async (
  { config }: Company,
  warehouse: Warehouse,
  { job = scoreAccounts, store = memoryObjectStore() } = {},
): Promise<MemoryObjectStore | null> => {
  const progress = { step: () => ({ update: () => {}, done: () => {} }) };
  const ports = { warehouse, store, bus: null, clock: fakeClock(), progress };
  try {
    await job.run({ asOf: AS_OF, config }, ports);
    return store;
  } catch (error) {
    if (error instanceof HoldfastError && error.kind === 'data') return null;
    throw error;
  }
};
