import { randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBInstance } from '@duckdb/node-api';
import { packedBatches, unpacked } from '../../../shared/parquet/packed-batch.ts';
import type { RangeReader } from '../../../shared/ports/object-store.ts';
import type { Batch, PackedBatch, StreamQuery } from '../../../shared/ports/warehouse.ts';
import { sqlName, sqlText } from '../../../shared/sources/sql.ts';

const ROWS_PER_BATCH = 16_384;

/** A large answer in order. */
export async function* orderedAnswer(
  instance: DuckDBInstance,
  scratch: string,
  query: StreamQuery,
): AsyncGenerator<Batch> {
  for await (const batch of packedAnswer(instance, scratch, query)) yield unpacked(batch);
}

/**
 * DuckDB writes it to a file that is read back and removed: it hands cells over to JavaScript one by
 * one, which takes several times as long.
 */
export async function* packedAnswer(
  instance: DuckDBInstance,
  scratch: string,
  { sql, orderBy }: StreamQuery,
): AsyncGenerator<PackedBatch> {
  await mkdir(scratch, { recursive: true });
  const path = join(scratch, `${randomUUID()}.parquet`);
  try {
    const connection = await instance.connect();
    // The query stands on lines of its own, so that a comment at its end hides nothing.
    const ordered = `SELECT * FROM (\n${sql}\n) streamed ORDER BY ${sqlName(orderBy)}`;
    const format = `FORMAT parquet, COMPRESSION uncompressed, ROW_GROUP_SIZE ${ROWS_PER_BATCH}`;
    await connection.run(`COPY (${ordered}) TO ${sqlText(path)} (${format})`);
    connection.closeSync();
    const file = await fileReader(path);
    try {
      yield* packedBatches(file, orderBy);
    } finally {
      await file.close();
    }
  } finally {
    await rm(path, { force: true });
  }
}

async function fileReader(path: string): Promise<RangeReader & { close(): Promise<void> }> {
  const file = await open(path);
  const { size } = await file.stat();
  return {
    byteLength: size,
    async slice(start, end = size) {
      const bytes = new Uint8Array(end - start);
      await file.read(bytes, 0, bytes.length, start);
      return bytes.buffer;
    },
    close: () => file.close(),
  };
}
