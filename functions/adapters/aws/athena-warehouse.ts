import { randomUUID } from 'node:crypto';
import type { AthenaClient, QueryExecution } from '@aws-sdk/client-athena';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { ObjectStore } from '../../../shared/ports/object-store.ts';
import type { Query, StreamQuery, Warehouse } from '../../../shared/ports/warehouse.ts';
import { athenaAnswer } from './athena-answer.ts';
import { athenaExecutions } from './athena-executions.ts';
import { bucketedUnload } from './bucketed-unload.ts';
import { answerUnreadable, queryFailed } from './query-failure.ts';
import { titledQuery } from './titled-query.ts';
import { unloadOnce } from './unload-once.ts';
import { unloadedParquet } from './unloaded-parquet.ts';

export interface AthenaWarehouseOptions {
  readonly client: AthenaClient;
  /** Rooted at the bucket and prefix that `scratchAddress` names. */
  readonly scratch: ObjectStore;
  /** s3://bucket/prefix, where unloads go; a workgroup that enforces its own place keeps it within. */
  readonly scratchAddress: string;
  readonly catalog: string;
  readonly database: string;
  readonly workgroup: string;
  readonly clock: Clock;
  readonly random: () => number;
  /** How long this process still has; left out where nothing ends it. */
  readonly remainingMs?: () => number;
  readonly signal?: AbortSignal;
}

/** The company's warehouse in production: small answers by page, large ones by unloaded Parquet. */
export const athenaWarehouse = (options: AthenaWarehouseOptions): Warehouse => {
  const { client, scratch, scratchAddress: address } = options;
  const scratchAddress = address.replace(/\/+$/, '');
  const outputAddress = `${scratchAddress}/results/`;
  const executions = athenaExecutions({ ...options, outputAddress });

  const read = async ({ name, sql }: Query) => {
    // A question of the moment: its token makes it safe to repeat a call, not to repeat a run.
    const id = await executions.start(name, titledQuery(name, sql), randomUUID());
    const execution = await executions.settle(name, id, false);
    if (execution.Status?.State !== 'SUCCEEDED') throw queryFailed(name, execution);
    return await athenaAnswer(client, executions, name, id);
  };

  async function* stream(query: StreamQuery) {
    const { name, orderBy } = query;
    const tries = bucketedUnload(query, { ...options, scratchAddress });
    const execution = await unloadOnce(name, tries, { ...options, executions });
    const files = await manifestFiles(name, execution, { scratch, scratchAddress });
    yield* unloadedParquet({ name, orderBy, scratch, files });
  }

  return { read, stream, close: executions.stopAll };
};

/** The keys of the files an execution says it wrote; a LIST would show what others left as well. */
async function manifestFiles(
  name: string,
  execution: QueryExecution,
  { scratch, scratchAddress }: { scratch: ObjectStore; scratchAddress: string },
): Promise<string[]> {
  const keyOf = (address: string): string => {
    if (address.startsWith(`${scratchAddress}/`)) return address.slice(scratchAddress.length + 1);
    const fix = 'Let the workgroup keep its results below the scratch folder.';
    throw answerUnreadable(name, `results at ${address}`, `them in ${scratchAddress}`, fix);
  };
  const location = execution.Statistics?.DataManifestLocation;
  // An answer of no rows has no files, and may have no manifest either.
  const manifest = location ? await scratch.read(keyOf(location)) : undefined;
  if (!manifest) return [];
  const lines = Buffer.from(manifest.bytes).toString().split(/\r?\n/);
  return lines
    .map((line) => line.trim().replace(/^"|"$/g, ''))
    .filter(Boolean)
    .map(keyOf);
}
