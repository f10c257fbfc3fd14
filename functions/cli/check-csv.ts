import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { assert } from '../../shared/basics/problem.ts';

/** What a reader of CSV, who is none of ours, finds in a file. */
export interface CsvFound {
  readonly header: readonly string[];
  readonly rows: number;
  /** The sums of the asked columns in cents; a column that is not there has none. */
  readonly sums: ReadonlyMap<string, bigint>;
  /** Why it could not be read to its end, or a cell that is no exact decimal. */
  readonly fault: string | null;
}

/** Counts the rows of a CSV and adds up its money, exactly, with one row in memory. */
export const checkCsv = async (
  chunks: AsyncIterable<Uint8Array>,
  money: readonly string[],
): Promise<CsvFound> => {
  let header: string[] | undefined;
  let rows = 0;
  let fault: string | null = null;
  let asked: { name: string; at: number }[] = [];
  const sums = new Map<string, bigint>();

  const take = (record: string[]) => {
    if (header === undefined) {
      header = record;
      asked = money.map((name) => ({ name, at: record.indexOf(name) })).filter(({ at }) => at >= 0);
      for (const { name } of asked) sums.set(name, 0n);
      return;
    }
    rows += 1;
    for (const { name, at } of asked) {
      const text = record[at] ?? '';
      const cents = centsOf(text);
      if (cents === null) fault ??= `"${text}" as ${name} of row ${rows}`;
      else sums.set(name, (sums.get(name) ?? 0n) + cents);
    }
  };

  // Taken as they are read: what waits in a stream is lost when the next row is broken. A spreadsheet
  // puts a byte order mark in front; the digest has told of it by then.
  const reader = parse({ bom: true, on_record: (record: string[]) => void take(record) });
  try {
    await pipeline(Readable.from(chunks), reader, async (left) => {
      for await (const _ of left) assert(false, 'no row is left to be read');
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    fault = error.message;
  }
  return { header: header ?? [], rows, sums, fault };
};

/** An exact decimal with two places as cents; nothing is 0, and anything else is null. */
function centsOf(text: string): bigint | null {
  if (text === '') return 0n;
  return /^-?\d+\.\d\d$/.test(text) ? BigInt(text.replace('.', '')) : null;
}
