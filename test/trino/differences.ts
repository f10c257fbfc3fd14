import type { Cell } from '../../shared/ports/warehouse.ts';
import type { RecordedQuery } from '../sql/recording-warehouse.ts';

type Recorded = RecordedQuery['answer'];
type Rows = NonNullable<Recorded>['rows'];

/**
 * Where two engines part in an answer, in words; sums of doubles may differ in the last digits. Rows of a
 * query that does not order them may come in any order.
 */
export const differences = (
  duckdb: Recorded,
  trino: Recorded,
  { isOrdered }: { readonly isOrdered: boolean },
): string[] => {
  if (duckdb === null || trino === null) {
    return duckdb === trino ? [] : [`${duckdb === null ? 'DuckDB' : 'Trino'} alone refuses it`];
  }
  const names = [duckdb.columns, trino.columns].map((columns) => columns?.join(', ') ?? '');
  if (names[0] !== names[1]) return [`columns ${names[0]} in DuckDB, ${names[1]} in Trino`];
  if (duckdb.rows.length !== trino.rows.length) {
    return [`${duckdb.rows.length} rows in DuckDB, ${trino.rows.length} in Trino`];
  }
  const [here, there] = [duckdb.rows, trino.rows].map((rows) =>
    isOrdered ? rows : rows.toSorted(byCells),
  ) as [Rows, Rows];
  return here.flatMap((row, at) =>
    Object.entries(row).flatMap(([name, cell]) => {
      const other = there[at]?.[name] ?? null;
      return sameCell(cell, other, isRaw(name))
        ? []
        : [`${name} of row ${at} is ${cell} in DuckDB, ${other} in Trino`];
    }),
  );
};

/** The order that texts, days and whole numbers have; in the rest the engines may differ. */
function byCells(a: Readonly<Record<string, Cell>>, b: Readonly<Record<string, Cell>>): number {
  const [first, second] = [sortKey(a), sortKey(b)];
  return first < second ? -1 : first > second ? 1 : 0;
}

const sortKey = (row: Readonly<Record<string, Cell>>): string =>
  JSON.stringify(
    Object.entries(row).map(([name, cell]) =>
      isRaw(name) ? null : typeof cell === 'number' ? cell.toPrecision(9) : cell,
    ),
  );

/** Values as they stand in the company's table, and moments in keys, cast to text. */
const isRaw = (name: string): boolean => name.startsWith('raw_') || name === 'at';

/** A value as it stands in the company's table is told in each engine's own notation. */
export const sameCell = (a: Cell, b: Cell, asWritten = false): boolean => {
  if (typeof a === 'number' && typeof b === 'number') return closeEnough(a, b);
  if (!asWritten || typeof a !== 'string' || typeof b !== 'string') return a === b;
  if (Number.isNaN(Number(a)) || Number.isNaN(Number(b))) return moment(a) === moment(b);
  return closeEnough(Number(a), Number(b));
};

const moment = (text: string): string =>
  text.toLowerCase().replace(/(:\d\d)(\.\d*?)0*$/, (_, second, part) => {
    return part === '.' ? second : `${second}${part}`;
  });

function closeEnough(a: number, b: number): boolean {
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b)) return a === b;
  return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}
