import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlName, sqlText } from '../shared/sources/sql.ts';

/**
 * The rows of a relation several times over, each copy a company of its own: ids, references and
 * addresses get a mark in front, which also keeps alike accounts far apart in the order of ids.
 * Rows that name nobody, such as rates, are there once.
 */
export const copiedRows = async (
  connection: DuckDBConnection,
  relation: string,
  { copies, mark }: { readonly copies: number; readonly mark: string },
): Promise<readonly string[]> => {
  const described = await connection.runAndReadAll(`DESCRIBE FROM ${relation}`);
  const texts = described
    .getRows()
    .filter(([, type]) => type === 'VARCHAR')
    .map(([name]) => String(name));
  const ids = texts.filter((name) => name.endsWith('_id') || name === 'renewed_by');
  const addresses = texts.filter((name) => name.endsWith('email'));
  if (ids.length + addresses.length === 0) return [`SELECT * FROM ${relation}`];

  const marked = (name: string, prefix: string) =>
    `${sqlText(prefix)} || ${sqlName(name)} AS ${sqlName(name)}`;
  return Array.from({ length: copies }, (_, copy) => {
    if (copy === 0) return `SELECT * FROM ${relation}`;
    const replaced = [
      ...ids.map((name) => marked(name, `${mark}${copy}-`)),
      ...addresses.map((name) => marked(name, `${mark}${copy}.`)),
    ];
    return `SELECT * REPLACE (${replaced.join(', ')}) FROM ${relation}`;
  });
};
