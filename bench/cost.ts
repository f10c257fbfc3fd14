import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { catalogue } from '../shared/jobs/catalogue.ts';
import type { SizeResult } from './results.ts';

const price = z.number().min(0);

const pricesSchema = z.strictObject({
  as_of: z.iso.date(),
  region: z.string(),
  currency: z.string(),
  sources: z.array(z.string()),
  athena: z.strictObject({ per_tb_scanned: price, least_mb_per_query: price }),
  lambda: z.strictObject({ per_gb_second: price, per_million_requests: price }),
  s3: z.strictObject({ per_1000_puts: price, per_1000_gets: price, per_gb_month: price }),
  scheduler: z.strictObject({ per_million_invocations: price }),
  logs: z.strictObject({ per_gb_ingested: price, per_gb_month: price }),
  assumed: z.strictObject({
    log_kb_per_run: price,
    months_results_are_kept: price,
  }),
});

/** List prices of a day, from a file, so that whoever pays others can say so. */
export type Prices = z.output<typeof pricesSchema>;

export const readPrices = async (file: string): Promise<Prices> =>
  pricesSchema.parse(JSON.parse(await readFile(file, 'utf8')));

/** What one run costs, by what it is paid for. */
export interface RunCost {
  readonly athena: number;
  readonly lambda: number;
  readonly requests: number;
  readonly storage: number;
  readonly rest: number;
  readonly total: number;
}

const MB = 1e6;
const GB = 1e9;
const TB = 1e12;
const MEMORY_MB = catalogue.find(({ job }) => job.name === 'score-accounts')?.memoryMb ?? 0;

/**
 * A nightly run on AWS, by what was measured here: bytes read, requests made, seconds passed. The
 * Lambda waits for Athena, so its time has the checks and features in it as DuckDB took them.
 */
export const costOf = ({ stages, scan }: SizeResult, prices: Prices): RunCost | null => {
  const lambda = stages['lambda, later day'];
  const job = stages['job, later day'];
  if (lambda === undefined || job === undefined || scan === null) return null;
  const { athena, s3, assumed } = prices;

  const small = scan.queries - scan.largeQueries;
  const scanned = scan.largeBytes + small * athena.least_mb_per_query * MB;
  const waiting = (job.parts.checks ?? 0) + (job.parts.features ?? 0);
  const gbSeconds = (MEMORY_MB / 1024) * (waiting + lambda.seconds);
  // Athena writes an answer and its metadata for each query, and the files of the features.
  const puts = (lambda.counts.puts ?? 0) + 2 * scan.queries + scan.files;
  const gets = (lambda.counts.gets ?? 0) + scan.queries + 2 * scan.files;
  // Each file stands twice: with its run, and where readers look.
  const kept = 2 * (lambda.counts.bytesUploaded ?? 0) * assumed.months_results_are_kept;
  const logged = (assumed.log_kb_per_run * 1000) / GB;

  const parts = {
    athena: (scanned / TB) * athena.per_tb_scanned,
    lambda: gbSeconds * prices.lambda.per_gb_second + prices.lambda.per_million_requests / 1e6,
    requests: (puts * s3.per_1000_puts + gets * s3.per_1000_gets) / 1000,
    storage: (kept / GB) * s3.per_gb_month,
    rest:
      prices.scheduler.per_million_invocations / 1e6 +
      logged * (prices.logs.per_gb_ingested + prices.logs.per_gb_month),
  };
  return { ...parts, total: Object.values(parts).reduce((sum, part) => sum + part, 0) };
};
