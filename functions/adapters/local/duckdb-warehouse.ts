import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  type DuckDBConnection,
  DuckDBDateValue,
  DuckDBDecimalValue,
  type DuckDBInstance,
  type DuckDBValue,
} from '@duckdb/node-api';
import { dayFromEpoch } from '../../../shared/basics/day.ts';
import { HoldfastError } from '../../../shared/basics/problem.ts';
import type { Answer, Cell, Query, Warehouse } from '../../../shared/ports/warehouse.ts';
import { duckdbWords, openDuckdb } from './open-duckdb.ts';
import { orderedAnswer, packedAnswer } from './ordered-answer.ts';

const MOST_ROWS_READ = 1000;

/** What DuckDB may use before it spills; the keys of a million accounts' days need so much. */
const MEMORY_MB = 2000;

/**
 * A warehouse on this machine: a DuckDB database file, or a folder in which every Parquet and CSV
 * file is a table named like the file. Opened for reading only, without network or extensions, and
 * with no access to files outside the folder.
 */
export const duckdbWarehouse = async ({
  path,
  memoryMb = MEMORY_MB,
}: {
  readonly path: string;
  readonly memoryMb?: number;
}): Promise<Warehouse> => {
  const { instance, scratch } = await openDuckdb(resolve(path), memoryMb);
  const inTurn = turns(memoryMb < AMPLE_MB ? 1 : 2);
  return {
    async read(query) {
      try {
        return await inTurn(() => smallAnswer(instance, query));
      } catch (error) {
        throw error instanceof HoldfastError ? error : queryFailure(query, error);
      }
    },

    stream: (query) => told(query, orderedAnswer(instance, scratch, query)),

    streamPacked: (query) => told(query, packedAnswer(instance, scratch, query)),

    async close() {
      instance.closeSync();
      await rm(scratch, { recursive: true, force: true });
    },
  };
};

/**
 * Two queries at once, since small ones keep one core busy with their plans; but large ones would
 * share the memory, and where there is little of it they come one by one.
 */
const AMPLE_MB = 2000;

/** Lets the queries in as they come, and no more of them at once than that. */
function turns(atOnce: number) {
  const waiting: (() => void)[] = [];
  let asked = 0;
  return async <Answered>(ask: () => Promise<Answered>): Promise<Answered> => {
    if (asked === atOnce) await new Promise<void>((enter) => waiting.push(enter));
    else asked += 1;
    try {
      return await ask();
    } finally {
      const enter = waiting.shift();
      if (enter) enter();
      else asked -= 1;
    }
  };
}

/** What goes wrong with a large answer, in our words. */
async function* told<Item>(query: Query, answer: AsyncIterable<Item>): AsyncGenerator<Item> {
  try {
    yield* answer;
  } catch (error) {
    throw error instanceof HoldfastError ? error : queryFailure(query, error);
  }
}

async function smallAnswer(instance: DuckDBInstance, query: Query): Promise<Answer> {
  const connection = await instance.connect();
  try {
    return await answerOver(connection, query);
  } finally {
    connection.closeSync();
  }
}

async function answerOver(connection: DuckDBConnection, query: Query): Promise<Answer> {
  const result = await connection.stream(query.sql);
  const columns = result.columnNames().map((name, index) => {
    return { name, type: String(result.columnType(index)).toLowerCase() };
  });
  const rows: Record<string, Cell>[] = [];
  for await (const chunk of result.yieldRows()) {
    for (const row of chunk) {
      const cells = columns.map(({ name }, index) => [name, toCell(row[index] ?? null)] as const);
      rows.push(Object.fromEntries(cells));
    }
    if (rows.length > MOST_ROWS_READ) throw tooMany(query);
  }
  return { columns, rows };
}

function toCell(value: DuckDBValue): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isNaN(value) ? null : value;
  if (typeof value === 'bigint') return safe(value);
  if (value instanceof DuckDBDateValue) return dayFromEpoch(value.days);
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  return String(value);
}

function safe(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number))
    throw new RangeError(`${value} is too large for an exact number`);
  return number;
}

function queryFailure({ name }: Query, error: unknown): HoldfastError {
  const text = duckdbWords(error);
  const outOfReach = /^(IO|Out of Memory|Connection|Interrupt|Internal|FATAL|E[A-Z]+:)/i.test(text);
  const problem = {
    where: `query ${name}`,
    found: text,
    expected: 'a query that DuckDB accepts',
    fix: outOfReach
      ? 'Run it again once the file and the disk are in order.'
      : 'Correct the mapping.',
  };
  return new HoldfastError(outOfReach ? 'warehouse' : 'query', [problem], { cause: error });
}

function tooMany({ name }: Query): HoldfastError {
  const found = `more than ${MOST_ROWS_READ} rows`;
  const expected = 'a small answer';
  return new HoldfastError('query', [
    { where: `query ${name}`, found, expected, fix: 'Narrow it.' },
  ]);
}
