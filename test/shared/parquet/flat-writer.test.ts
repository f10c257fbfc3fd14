import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { afterAll, describe, expect, test } from 'vitest';
import { dayFromEpoch } from '../../../shared/basics/day.ts';
import type { Chunk } from '../../../shared/parquet/chunk-builder.ts';
import {
  endGroup,
  type FlatElement,
  flatColumns,
  flatWriter,
} from '../../../shared/parquet/flat-writer.ts';

const folder = await mkdtemp(join(tmpdir(), 'holdfast-flat-'));
const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
afterAll(async () => {
  instance.closeSync();
  await rm(folder, { recursive: true });
});

const OPTIONAL = { repetition_type: 'OPTIONAL' } as const;
const elements: readonly FlatElement[] = [
  { name: 'key', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
  { name: 'word', type: 'BYTE_ARRAY', converted_type: 'UTF8', ...OPTIONAL },
  { name: 'note', type: 'BYTE_ARRAY', converted_type: 'UTF8', ...OPTIONAL },
  { name: 'long', type: 'INT64', repetition_type: 'REQUIRED' },
  { name: 'number', type: 'DOUBLE', ...OPTIONAL },
  { name: 'tenths', type: 'INT32', converted_type: 'DECIMAL', precision: 5, scale: 1, ...OPTIONAL },
  { name: 'day', type: 'INT32', converted_type: 'DATE', ...OPTIONAL },
  { name: 'flag', type: 'BOOLEAN', ...OPTIONAL },
  { name: 'nothing', type: 'BYTE_ARRAY', converted_type: 'UTF8', ...OPTIONAL },
  { name: 'late', type: 'INT64', ...OPTIONAL },
];

const ROWS = 150_000;
const GAP = Number.NaN;

/** Of each kind: gaps, values that recur and values that do not, and some that stop recurring. */
const rowOf = (row: number) => [
  `key ${String(row).padStart(7, '0')}`,
  row % 7 === 0 ? null : `word ${row % 11}`,
  row % 3 === 0 ? null : `${row < 20_000 ? row % 500 : row} für 😀`,
  row * 90_071 - 4_000_000_000,
  row % 4 === 0 ? GAP : Math.sqrt(row < 20_000 ? row % 100 : row),
  row % 6 === 0 ? GAP : (row % 2001) - 1000,
  row % 2 === 0 ? GAP : (row % 900) - 400,
  row % 5 === 0 ? GAP : row % 2,
  null,
  row < 40_000 ? GAP : row % 3,
];

type Rows = readonly (readonly (string | number | null)[])[];

const fileOf = (rows: Rows, take = (_row: number) => false): Uint8Array => {
  const writer = flatWriter(elements, 'test');
  const parts: Uint8Array[] = [];
  for (const [row, values] of rows.entries()) {
    for (const [at, column] of writer.columns.entries()) column.push(values[at] ?? null);
    if (take(row)) parts.push(writer.take());
  }
  return Buffer.concat([...parts, writer.finish()]);
};

const rows: Rows = Array.from({ length: ROWS }, (_, row) => rowOf(row));
const bytes = fileOf(rows);
const path = join(folder, 'file.parquet');
writeFileSync(path, bytes);
const asked = async (sql: string) =>
  (await connection.runAndReadAll(sql.replaceAll('FILE', `'${path}'`))).getRowObjectsJson();

describe('a file of flat columns', () => {
  test('is read by hyparquet as it was written', async () => {
    const file = new Uint8Array(bytes).buffer;
    const read = await parquetReadObjects({
      file,
      parsers: { dateFromDays: (day: number) => day } as never,
    });
    expect(read).toHaveLength(ROWS);
    for (const [row, cells] of read.entries()) {
      const { long, late, tenths, flag, ...others } = cells;
      const found = [
        ...[others.key, others.word, others.note, Number(long), others.number],
        ...[
          tenths === null ? null : Math.round(tenths * 10),
          others.day,
          flag === null ? null : Number(flag),
        ],
        ...[others.nothing, late === null ? null : Number(late)],
      ];
      const expected = rowOf(row).map((value) => (Number.isNaN(value) ? null : value));
      if (JSON.stringify(found) !== JSON.stringify(expected)) expect(found).toEqual(expected);
    }
  });

  test('has the types that DuckDB, and so others, know', async () => {
    const described = await asked('DESCRIBE SELECT * FROM FILE');
    expect(
      described.map(({ column_name, column_type }) => `${column_name} ${column_type}`),
    ).toEqual([
      ...['key VARCHAR', 'word VARCHAR', 'note VARCHAR', 'long BIGINT', 'number DOUBLE'],
      ...['tenths DECIMAL(5,1)', 'day DATE', 'flag BOOLEAN', 'nothing VARCHAR', 'late BIGINT'],
    ]);
  });

  test('has the same sums in DuckDB', async () => {
    const [found] = await asked(`SELECT count(*) AS n, count(DISTINCT key) AS keys,
      count(word) AS words, count(DISTINCT note) AS notes, sum(long) AS long,
      sum(tenths) AS tenths, min(day) AS first, max(day) AS last, count_if(flag) AS flags,
      count(nothing) AS nothing, sum(late) AS late, count(number) AS numbers,
      max(number) AS most FROM FILE`);
    const sum = (at: number) =>
      rows.reduce((total, row) => total + (Number.isNaN(row[at]) ? 0 : Number(row[at])), 0);
    expect(found).toEqual({
      n: `${ROWS}`,
      keys: `${ROWS}`,
      words: `${rows.filter((row) => row[1] !== null).length}`,
      notes: `${new Set(rows.map((row) => row[2]).filter((note) => note !== null)).size}`,
      long: `${sum(3)}`,
      tenths: (sum(5) / 10).toFixed(1),
      first: dayFromEpoch(-399),
      last: dayFromEpoch(499),
      flags: `${sum(7)}`,
      nothing: '0',
      late: `${sum(9)}`,
      numbers: `${rows.filter((row) => !Number.isNaN(row[4])).length}`,
      most: Math.sqrt(ROWS - 1),
    });
  });

  test('codes what recurs, writes out what does not, and changes over where it stops', () => {
    const { row_groups: groups } = parquetMetadata(new Uint8Array(bytes).buffer);
    const [first] = groups;
    const encodings = Object.fromEntries(
      (first?.columns ?? []).map(({ meta_data: meta }) => [
        meta?.path_in_schema[0],
        meta?.encodings.filter((encoding) => encoding !== 'RLE').join(' '),
      ]),
    );
    expect(encodings).toMatchObject({
      key: 'PLAIN',
      word: 'RLE_DICTIONARY PLAIN',
      note: 'RLE_DICTIONARY PLAIN',
      long: 'PLAIN',
      flag: 'PLAIN',
      nothing: 'PLAIN',
      late: 'PLAIN RLE_DICTIONARY',
    });
  });

  test('says of each row group what lies between which values', async () => {
    const groups = await asked(`SELECT row_group_num_rows AS rows, stats_min_value AS least,
      stats_max_value AS most FROM parquet_metadata(FILE) WHERE path_in_schema = 'key'`);
    expect(groups.length).toBeGreaterThan(1);
    let row = 0;
    for (const { rows: count, least, most } of groups) {
      expect(least).toBe(rowOf(row)[0]);
      row += Number(count);
      expect(most).toBe(rowOf(row - 1)[0]);
    }
    const [tenths] = await asked(`SELECT stats_min_value AS least, stats_max_value AS most,
      stats_null_count AS nulls FROM parquet_metadata(FILE) WHERE path_in_schema = 'tenths'`);
    expect(tenths).toMatchObject({ least: '-100.0', most: '100.0' });
    expect(Number(tenths?.nulls)).toBe(Math.ceil(Number(groups[0]?.rows) / 6));
  });

  test('is found by its values through those statistics', async () => {
    const [found] = await asked("SELECT long FROM FILE WHERE key = 'key 0140000'");
    expect(found).toEqual({ long: `${rowOf(140_000)[3]}` });
  });

  test('has the same bytes whenever they are taken, and however the pushes are ordered', () => {
    expect(
      Buffer.compare(
        fileOf(rows, (row) => row % 1000 === 0),
        bytes,
      ),
    ).toBe(0);
    const writer = flatWriter(elements, 'test');
    for (const [at, column] of writer.columns.entries()) {
      for (const row of rows) column.push(row[at] ?? null);
    }
    expect(Buffer.compare(writer.finish(), bytes)).toBe(0);
  });
});

describe('the least and the greatest of a column', () => {
  const statistics = (element: Omit<FlatElement, 'name'>, values: readonly (string | number)[]) => {
    const writer = flatWriter([{ name: 'x', ...element }], 'test');
    for (const value of values) writer.columns[0]?.push(value);
    const { row_groups: groups } = parquetMetadata(writer.finish());
    const { min_value: min, max_value: max } = groups[0]?.columns[0]?.meta_data?.statistics ?? {};
    return { min, max };
  };

  test('of texts are those of their UTF-8 bytes', () => {
    const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;
    expect(statistics(text, ['～', '😀', 'é', 'z'])).toEqual({ min: 'z', max: '😀' });
  });

  test('of numbers leave out what is none, and hold both signs of zero', () => {
    expect(statistics({ type: 'DOUBLE', ...OPTIONAL }, [GAP, 2, 1.5])).toEqual({
      min: 1.5,
      max: 2,
    });
    expect(statistics({ type: 'DOUBLE' }, [0, 0])).toEqual({ min: -0, max: 0 });
    expect(statistics({ type: 'DOUBLE', ...OPTIONAL }, [GAP])).toEqual({});
  });
});

test('a row without a value it must have, and columns of unlike length, are refused', () => {
  const [key, word] = elements as [FlatElement, FlatElement];
  const without = flatWriter([key], 'test');
  without.columns[0]?.push(null);
  expect(() => without.finish()).toThrow('column key has a value in every row');
  const uneven = flatWriter([key, word], 'test');
  uneven.columns[0]?.push('a');
  expect(() => uneven.finish()).toThrow('as many values');
  const fraction = flatWriter([{ name: 'n', type: 'INT64' }], 'test');
  fraction.columns[0]?.push(0.5);
  expect(() => fraction.finish()).toThrow('0.5');
});

describe('row groups that are made apart from their file', () => {
  const apart = (from: number, to: number): (readonly Chunk[])[] => {
    const columns = flatColumns(elements);
    for (const values of rows.slice(from, to)) {
      for (const [at, column] of columns.entries()) column.push(values[at] ?? null);
    }
    endGroup(columns);
    return columns.map(({ chunks }) => chunks);
  };

  test('stand in it in the order in which they were put there, beside its own rows', async () => {
    const writer = flatWriter(elements, 'test');
    const ownRow = (row: number) => {
      for (const [at, column] of writer.columns.entries()) column.push(rows[row]?.[at] ?? null);
    };
    ownRow(0);
    for (const groups of [apart(1, 120_000), apart(0, 0), apart(120_000, 120_001)]) {
      for (const [at, chunks] of groups.entries()) {
        for (const chunk of chunks) writer.columns[at]?.append(chunk);
      }
    }
    ownRow(120_001);
    const file = new Uint8Array(writer.finish()).buffer;
    const read = await parquetReadObjects({ file, columns: ['key', 'late'] });
    const expected = rows.slice(0, 120_002).map(([key, ...rest]) => {
      return { key, late: Number.isNaN(rest[8]) ? null : BigInt(rest[8] as number) };
    });
    expect(read).toEqual(expected);
    const { row_groups: groups } = parquetMetadata(file);
    expect(groups.map(({ num_rows: count }) => Number(count)).at(0)).toBe(1);
    expect(groups.map(({ num_rows: count }) => Number(count)).slice(-2)).toEqual([1, 1]);
  });

  test('a column with fewer values than the others is a mistake that is noticed', () => {
    const columns = flatColumns(elements);
    columns[0]?.push('key');
    expect(() => endGroup(columns)).toThrow('as many values');
  });
});
