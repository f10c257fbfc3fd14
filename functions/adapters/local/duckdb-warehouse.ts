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
import type { Batch, Cell, Query, Warehouse } from '../../../shared/ports/warehouse.ts';
import { sqlName } from '../../../shared/sources/sql.ts';
import { duckdbWords, openDuckdb } from './open-duckdb.ts';

const MOST_ROWS_READ = 1000;

/**
 * A warehouse on this machine: a DuckDB database file, or a folder in which every Parquet and CSV
 * file is a table named like the file. Opened for reading only, without network or extensions, and
 * with no access to files outside the folder.
 */
export const duckdbWarehouse = async ({ path }: { path: string }): Promise<Warehouse> => {
  const instance = await openDuckdb(resolve(path));
  return {
    async read(query) {
      const { result, columns } = await start(instance, query);
      const rows: Record<string, Cell>[] = [];
      for await (const { rowCount, columns: values } of batches(result, columns, query)) {
        for (let row = 0; row < rowCount; row += 1) {
          rows.push(
            Object.fromEntries(columns.map(({ name }) => [name, values[name]?.[row] ?? null])),
          );
        }
        if (rows.length > MOST_ROWS_READ) throw tooMany(query);
      }
      return { columns, rows };
    },

    async *stream(query) {
      // On lines of its own, so that a comment at its end hides nothing.
      const sql = `SELECT * FROM (\n${query.sql}\n) streamed ORDER BY ${sqlName(query.orderBy)}`;
      const { result, columns } = await start(instance, { name: query.name, sql });
      yield* batches(result, columns, query);
    },

    close: async () => instance.closeSync(),
  };
};

interface AnswerColumn {
  readonly name: string;
  readonly type: string;
}

async function start(instance: DuckDBInstance, query: Query) {
  const connection = await instance.connect();
  try {
    const result = await connection.stream(query.sql);
    const columns = result.columnNames().map((name, index): AnswerColumn => {
      return { name, type: String(result.columnType(index)).toLowerCase() };
    });
    return { result, columns };
  } catch (error) {
    throw queryFailure(query, error);
  }
}

type StreamedResult = Awaited<ReturnType<DuckDBConnection['stream']>>;

async function* batches(
  result: StreamedResult,
  columns: readonly AnswerColumn[],
  query: Query,
): AsyncGenerator<Batch> {
  try {
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) return;
      const values = columns.map(({ name }, index) => {
        return [name, chunk.getColumnValues(index).map(toCell)] as const;
      });
      yield { rowCount: chunk.rowCount, columns: Object.fromEntries(values) };
    }
  } catch (error) {
    throw error instanceof HoldfastError ? error : queryFailure(query, error);
  }
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
  const outOfReach = /^(IO|Out of Memory|Connection|Interrupt|Internal|FATAL)/i.test(text);
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
