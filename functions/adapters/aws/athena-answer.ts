import {
  type AthenaClient,
  type ColumnInfo,
  type Datum,
  GetQueryResultsCommand,
  type Row,
} from '@aws-sdk/client-athena';
import { assert } from '../../../shared/basics/problem.ts';
import type { Answer, Cell } from '../../../shared/ports/warehouse.ts';
import type { AthenaExecutions } from './athena-executions.ts';
import { queryRefused } from './query-failure.ts';

const ROWS_AT_MOST = 1_000;
// The first page gives one row to the header, so a full answer takes two pages; never more.
const PAGES_AT_MOST = 3;

/** Reads a small answer from Athena's own result pages, which tell NULL from '' where CSV does not. */
export const athenaAnswer = async (
  client: AthenaClient,
  executions: AthenaExecutions,
  name: string,
  id: string,
): Promise<Answer> => {
  let columns: readonly ColumnInfo[] = [];
  const rows: Row[] = [];
  let NextToken: string | undefined;
  for (let page = 1; page <= PAGES_AT_MOST; page++) {
    const command = new GetQueryResultsCommand({ QueryExecutionId: id, NextToken });
    const reply = await executions.call(name, () => client.send(command));
    const found = reply.ResultSet?.Rows ?? [];
    columns = reply.ResultSet?.ResultSetMetadata?.ColumnInfo ?? columns;
    rows.push(...(page === 1 && isHeader(found[0], columns) ? found.slice(1) : found));
    NextToken = reply.NextToken;
    if (NextToken === undefined || rows.length > ROWS_AT_MOST) break;
  }
  if (rows.length > ROWS_AT_MOST || NextToken !== undefined) {
    const fix = 'Aggregate or limit the query, or stream it.';
    throw queryRefused(name, 'more rows', `at most ${ROWS_AT_MOST} rows`, fix);
  }
  return {
    columns: columns.map(({ Name = '', Type = '' }) => ({ name: Name, type: Type })),
    rows: rows.map(({ Data = [] }) => rowOf(name, columns, Data)),
  };
};

function isHeader(row: Row | undefined, columns: readonly ColumnInfo[]): boolean {
  return columns.every(({ Name }, index) => row?.Data?.[index]?.VarCharValue === Name);
}

function rowOf(name: string, columns: readonly ColumnInfo[], data: readonly Datum[]) {
  const row: Record<string, Cell> = {};
  for (const [index, { Name, Type = 'varchar' }] of columns.entries()) {
    assert(Name !== undefined, 'a column of an answer has a name');
    row[Name] = cellOf(`${name}.${Name}`, Type, data[index]?.VarCharValue);
  }
  return row;
}

function cellOf(where: string, type: string, text: string | undefined): Cell {
  if (text === undefined) return null;
  if (type === 'boolean') return text === 'true';
  if (type === 'date') return text.slice(0, 10);
  if (INTEGERS.has(type)) return safeInteger(where, text);
  if (!FRACTIONS.has(type)) return text;
  const number = Number(text);
  return Number.isNaN(number) ? null : number;
}

const INTEGERS = new Set(['bigint', 'integer', 'smallint', 'tinyint']);
const FRACTIONS = new Set(['double', 'float', 'real', 'decimal']);

/** A count that JavaScript cannot hold exactly must not pass as one that it can. */
export const safeInteger = (name: string, integer: bigint | string): number => {
  const number = Number(integer);
  if (Number.isSafeInteger(number)) return number;
  const fix = 'Cast the column to DOUBLE or VARCHAR.';
  throw queryRefused(name, `${integer}`, 'an integer below 2^53', fix);
};
