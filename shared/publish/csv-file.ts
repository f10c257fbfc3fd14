import { assert } from '../basics/problem.ts';
import type { ColumnKind, RowOf, Table } from './table.ts';

/** What takes the text of a CSV: a text file, or any file of a run. */
interface TextSink {
  add(text: string, rows?: number): void;
}

export interface CsvFile<T extends Table> {
  add(row: RowOf<T>): void;
  /** The sum of each column of money so far, as exact decimals, by the names of the CSV. */
  totals(): Readonly<Record<string, string>>;
}

/** What a column is called in a CSV: money is in whole units there, so `x_cents` is `x`. */
export const csvName = (name: string, kind: ColumnKind): string =>
  kind === 'cents' ? name.replace(/_cents$/, '') : name;

/**
 * Writes rows of a table as CSV after RFC 4180: CRLF, a header, quotes where they are needed.
 * An empty field is null, and quotes around nothing are an empty text.
 */
export const csvFile = <T extends Table>({ columns }: T, sink: TextSink): CsvFile<T> => {
  const names = Object.keys(columns);
  const fields = Object.values(columns).map(
    ({ kind }) => fieldOf[kind] as (value: never) => string,
  );
  const money = names.filter((name) => columns[name]?.kind === 'cents');
  const sums = money.map(() => 0n);
  sink.add(`${names.map((name) => csvName(name, columns[name]?.kind ?? 'text')).join(',')}\r\n`);

  return {
    add(row) {
      const cells = row as Readonly<Record<string, unknown>>;
      let line = '';
      for (let at = 0; at < names.length; at += 1) {
        const value = cells[names[at] as string];
        if (at > 0) line += ',';
        if (value !== null) line += fields[at]?.(value as never);
      }
      sink.add(`${line}\r\n`, 1);
      for (let at = 0; at < money.length; at += 1) {
        const cents = cells[money[at] as string];
        if (cents !== null) sums[at] = (sums[at] ?? 0n) + BigInt(cents as number);
      }
    },
    totals: () =>
      Object.fromEntries(
        money.map((name, at) => [csvName(name, 'cents'), decimalText(sums[at] ?? 0n)]),
      ),
  };
};

/** Cents as a decimal with two places, by moving the point: 123450 is "1234.50", -5 is "-0.05". */
export const decimalText = (cents: number | bigint): string => {
  assert(typeof cents === 'bigint' || Number.isSafeInteger(cents), `${cents} is whole cents`);
  const isNegative = cents < 0;
  const digits = `${isNegative ? -cents : cents}`.padStart(3, '0');
  return `${isNegative ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

const fieldOf: { readonly [Kind in ColumnKind]: (value: never) => string } = {
  text: textField,
  count: String,
  cents: decimalText,
  number: (value: number) => plainNumber(value, 6),
  tenths: (value: number) => plainNumber(value, 1),
  flag: String,
  day: String,
};

/** At most so many places, none of them an idle zero. NaN is nothing, as in the tables. */
function plainNumber(value: number, places: number): string {
  if (!Number.isFinite(value)) return '';
  const scale = 10 ** places;
  const rounded = Math.round(value * scale) / scale;
  // Beyond these JavaScript writes an exponent, and there are no places left to round.
  if (Math.abs(rounded) < 1e15) return `${rounded}`;
  return BigInt(Math.round(value)).toString();
}

const CONTROLS = /\p{Cc}/gu;
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;
const NEEDS_CARE = /[",\p{Cc}]|^$/u;

/**
 * Names come from people, and a spreadsheet calculates what begins like a formula: an apostrophe in
 * front keeps it text. Control characters, line ends among them, become spaces: one row is one line.
 */
function textField(text: string): string {
  const kept = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_CARE.test(kept) ? quoted(kept.replace(CONTROLS, ' ')) : kept;
}

/** Quotes where a reader would otherwise take the text for two fields, or for none. */
function quoted(text: string): string {
  return text === '' || /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
