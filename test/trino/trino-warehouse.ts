import { safeInteger } from '../../functions/adapters/aws/athena-answer.ts';
import { BUCKET_COLUMN } from '../../functions/adapters/aws/bucketed-unload.ts';
import { compareUtf8 } from '../../shared/basics/compare-utf8.ts';
import { assert, HoldfastError } from '../../shared/basics/problem.ts';
import type { Answer, Cell, StreamQuery, Warehouse } from '../../shared/ports/warehouse.ts';
import { unloadedSelect } from '../sql/unloaded-select.ts';
import { type TrinoClient, TrinoRefusal } from './trino-client.ts';

const ROWS_AT_MOST = 1_000;

/** Trino as a warehouse: what Athena would make of the same queries, without the unload. */
export const trinoWarehouse = (trino: TrinoClient): Warehouse => ({
  async read({ name, sql }) {
    const answer = await ask(trino, name, sql);
    if (answer.rows.length > ROWS_AT_MOST) throw refused(name, `over ${ROWS_AT_MOST} rows`);
    return answer;
  },

  async *stream(query) {
    const { columns, rows } = await ask(trino, query.name, unloadedSelect(query));
    const shown = columns.map(({ name }) => name).filter((name) => name !== BUCKET_COLUMN);
    const sorted = rows.toSorted(byKey(query));
    const ordered = sorted.every((row, at) => at === 0 || bucket(sorted[at - 1]) <= bucket(row));
    assert(ordered, 'buckets are ranges of the key');
    if (sorted.length === 0) return;
    const cells = shown.map((name) => [name, sorted.map((row) => row[name] ?? null)]);
    yield { rowCount: sorted.length, columns: Object.fromEntries(cells) };
  },

  close: async () => {},
});

type Row = Answer['rows'][number];

const bucket = (row: Row | undefined): number => Number(row?.[BUCKET_COLUMN]);

const byKey =
  ({ orderBy }: StreamQuery) =>
  (a: Row, b: Row): number =>
    compareUtf8(String(a[orderBy]), String(b[orderBy]));

async function ask(trino: TrinoClient, name: string, sql: string): Promise<Answer> {
  try {
    const { columns, rows } = await trino(sql);
    const typed = columns.map(({ name: column, type }) => {
      return { name: column, type: type.replace(/\(.*/, '') };
    });
    const cells = rows.map((row) =>
      Object.fromEntries(typed.map((column, at) => [column.name, cellOf(column, row[at])])),
    );
    return { columns: typed, rows: cells };
  } catch (error) {
    throw error instanceof TrinoRefusal ? refused(name, error.message) : error;
  }
}

function cellOf({ name, type }: { name: string; type: string }, value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' && /int$|^integer$/.test(type)) {
    return safeInteger(name, String(value));
  }
  if (type === 'double' || type === 'real' || type === 'decimal') {
    const number = Number(value);
    return Number.isNaN(number) ? null : number;
  }
  if (typeof value === 'boolean' || typeof value === 'number') return value;
  return String(value);
}

function refused(name: string, found: string): HoldfastError {
  const problem = {
    where: `query ${name}`,
    found,
    expected: 'a query that Trino accepts',
    fix: '',
  };
  return new HoldfastError('query', [problem]);
}
