import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlName, sqlText } from '../../../shared/sources/sql.ts';

const ISO = `dateformat = '%Y-%m-%d', timestampformat = '%Y-%m-%d %H:%M:%S'`;

/** Numbers that come back as they were written: no leading zero, no exponent, no 20-digit id. */
const PLAIN_NUMBER = '-?(0|[1-9][0-9]{0,14})(\\.[0-9]+)?';

/**
 * SQL for the rows of a CSV file, typed so that no value changes its meaning: the whole file is
 * sniffed, only ISO days and moments count as such, and what merely looks like numbers stays text.
 */
export const csvRows = async (connection: DuckDBConnection, path: string): Promise<string> => {
  const read = (more: string) =>
    `read_csv(${sqlText(path)}, header = true, sample_size = -1, ${ISO}${more})`;
  const sniffed = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${read('')}`);
  const numeric = sniffed
    .getRows()
    .filter(([, type]) => type === 'BIGINT' || type === 'DOUBLE')
    .map(([name]) => String(name));
  if (numeric.length === 0) return read('');

  const tests = numeric.map(
    (name) =>
      `coalesce(bool_and(regexp_full_match(${sqlName(name)}, ${sqlText(PLAIN_NUMBER)})), true)`,
  );
  const plain = await connection.runAndReadAll(
    `SELECT ${tests.join(', ')} FROM ${read(', all_varchar = true')}`,
  );
  const [answers = []] = plain.getRows();
  const texts = numeric.filter((_, index) => answers[index] !== true);
  if (texts.length === 0) return read('');
  return read(`, types = {${texts.map((name) => `${sqlText(name)}: 'VARCHAR'`).join(', ')}}`);
};
