import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { sqlText } from '../shared/sources/sql.ts';
import { companyOf } from './company.ts';
import { AS_OF } from './day.ts';
import type { Setting } from './measure-size.ts';
import { type RevenueResult, summaryOf, thisMachine } from './results.ts';
import { type Measured, runStage } from './run-stage.ts';

/** Times rollup-revenue and the same bridge in SQL, in turn, and compares what they found. */
export const measureRevenue = async (
  accounts: number,
  { runs, cache, say }: Setting,
): Promise<RevenueResult> => {
  const within = await companyOf(accounts, cache);
  const machine = thisMachine();
  const outputs = join(cache, 'outputs');
  const input = { job: 'rollup-revenue', config: join(within, 'holdfast.yaml'), asOf: AS_OF };
  const measured: Record<'job' | 'sql', Measured[]> = { job: [], sql: [] };
  for (let run = 1; run <= runs; run += 1) {
    await rm(outputs, { recursive: true, force: true });
    for (const [name, script] of [
      ['job', 'stages/job.ts'],
      ['sql', 'stages/bridge-sql.ts'],
    ] as const) {
      const found = await runStage({ script, input: { ...input, out: join(outputs, name) } });
      measured[name].push(found);
      const memory = `${Math.round(found.peakMib)} MiB`;
      say(
        `  ${accounts} ${run}/${runs} revenue, ${name}: ${found.seconds.toFixed(1)} s, ${memory}`,
      );
    }
  }
  const monthsDiffering = await differingMonths(outputs);
  await rm(outputs, { recursive: true, force: true });
  return {
    date: new Date().toISOString().slice(0, 10),
    machine,
    job: summaryOf(measured.job),
    sql: summaryOf(measured.sql),
    monthsDiffering,
  };
};

const FIGURES = [
  'opening',
  'new',
  'expansion',
  'contraction',
  'churn',
  'escalator',
  'fx',
  'closing',
];

/** Months of the whole in which any figure of the bridge is another, by so much as a cent. */
async function differingMonths(outputs: string): Promise<number> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const table = `tables/arr_bridge/as_of=${AS_OF}/part-0.parquet`;
  const apart = FIGURES.map((name) => `s.${name} IS DISTINCT FROM j.${name}_arr_cents`);
  const answer = await connection.runAndReadAll(
    `SELECT count(*) AS apart
     FROM (FROM ${sqlText(join(outputs, 'sql/bridge_all.parquet'))} WHERE kind = 'month') s
     FULL JOIN (FROM ${sqlText(join(outputs, 'job', table))} WHERE cut = 'all') j
       ON CAST(j.month_end AS VARCHAR) = s.closes
     WHERE ${apart.join(' OR ')}`,
  );
  connection.closeSync();
  instance.closeSync();
  return Number(answer.getRows()[0]?.[0] ?? -1);
}
