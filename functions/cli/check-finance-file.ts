import { sha256Stream } from '../../shared/basics/digest.ts';
import type { Problem } from '../../shared/basics/problem.ts';
import { plainText, plural } from '../../shared/basics/text.ts';
import type { FinanceManifest } from '../../shared/finance/finance-manifest.ts';
import type { ObjectStore, RangeReader } from '../../shared/ports/object-store.ts';
import { decimalText } from '../../shared/publish/csv-file.ts';
import { checkCsv } from './check-csv.ts';

/** One line of a verification: what holds, in words, or what does not. */
export interface Check {
  readonly what: string;
  readonly holds: string | null;
  readonly problems: readonly Problem[];
}

type Entry = FinanceManifest['files'][number];

const CHUNK_BYTES = 8 << 20;

const FETCH = 'Fetch the folder again; who edits or saves a file changes it.';

/** Holds one file against what the manifest says of it. */
export const checkFinanceFile = async (
  store: ObjectStore,
  key: string,
  entry: Entry,
): Promise<Check> => {
  const where = store.locate(key);
  const file = await store.open(key);
  if (file === undefined) {
    const expected = `the file of ${entry.bytes} bytes that the manifest names`;
    return failing(entry.name, [{ where, found: 'nothing', expected, fix: FETCH }]);
  }
  const problems = [
    ...(await byteProblems(where, file, entry)),
    ...(entry.rows === null ? [] : await csvProblems(where, file, { ...entry, rows: entry.rows })),
  ];
  return problems.length > 0 ? failing(entry.name, problems) : holding(entry.name, wordsOf(entry));
};

export const holding = (what: string, holds: string): Check => ({ what, holds, problems: [] });

export const failing = (what: string, problems: readonly Problem[]): Check => ({
  what,
  holds: null,
  problems,
});

async function byteProblems(where: string, file: RangeReader, entry: Entry): Promise<Problem[]> {
  if (file.byteLength !== entry.bytes) {
    const found = `${file.byteLength} bytes`;
    return [{ where, found, expected: `${entry.bytes} bytes`, fix: FETCH }];
  }
  const digest = sha256Stream();
  for await (const chunk of chunksOf(file)) digest.add(chunk);
  const hex = digest.hex();
  if (hex === entry.sha256) return [];
  return [{ where, found: `sha256 ${hex}`, expected: `sha256 ${entry.sha256}`, fix: FETCH }];
}

async function csvProblems(
  where: string,
  file: RangeReader,
  { rows, totals }: Entry & { readonly rows: number },
): Promise<Problem[]> {
  const found = await checkCsv(chunksOf(file), Object.keys(totals));
  const problem = (what: string, expected: string): Problem => ({
    ...{ where, found: what, expected, fix: FETCH },
  });
  const missing = Object.keys(totals).filter((name) => !found.sums.has(name));
  if (missing.length > 0) {
    const header = `the header "${plainText(found.header.join(','), 60)}"`;
    return [problem(header, `one with ${missing.join(', ')}, parted by commas`)];
  }
  if (found.fault !== null)
    return [problem(found.fault, 'a CSV with commas, and decimals such as 12.50')];
  return [
    ...(found.rows === rows ? [] : [problem(plural(found.rows, 'row'), plural(rows, 'row'))]),
    ...Object.entries(totals).flatMap(([name, total]) => {
      const sum = decimalText(found.sums.get(name) ?? 0n);
      return sum === total ? [] : [problem(`${name}: ${sum}`, `${name}: ${total} in all`)];
    }),
  ];
}

async function* chunksOf({ byteLength, slice }: RangeReader): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < byteLength; at += CHUNK_BYTES) {
    yield new Uint8Array(await slice(at, Math.min(byteLength, at + CHUNK_BYTES)));
  }
}

function wordsOf({ bytes, rows, sha256, totals }: Entry): string {
  const sums = Object.entries(totals).map(([name, total]) => `${name} ${total}`);
  const counted = rows === null ? [] : [plural(rows, 'row')];
  return [...counted, `${bytes} bytes`, `sha256 ${sha256.slice(0, 12)}…`, ...sums].join(', ');
}
