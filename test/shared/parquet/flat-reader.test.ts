import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, describe, expect, test } from 'vitest';
import { cellsOf } from '../../../shared/parquet/cells.ts';
import { flatGroups } from '../../../shared/parquet/flat-reader.ts';
import { flatWriter } from '../../../shared/parquet/flat-writer.ts';

const folder = await mkdtemp(join(tmpdir(), 'holdfast-flat-'));
const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
afterAll(async () => {
  instance.closeSync();
  await rm(folder, { recursive: true });
});

const fileOf = (bytes: Uint8Array) => ({
  byteLength: bytes.byteLength,
  slice: async (start: number, end?: number) => new Uint8Array(bytes).slice(start, end).buffer,
});
type File = ReturnType<typeof fileOf>;

const written = async (select: string, options = ''): Promise<File> => {
  const path = join(folder, 'file.parquet');
  await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet ${options})`);
  return fileOf(await readFile(path));
};

const flatRows = async (file: File, columns?: string[]): Promise<Record<string, unknown>[]> => {
  const rows: Record<string, unknown>[] = [];
  for await (const group of flatGroups(file, { compressors, ...(columns ? { columns } : {}) })) {
    const cells = Object.entries(group.columns).map(([name, values]) => {
      return [name, cellsOf(values)] as const;
    });
    for (let row = 0; row < group.rowCount; row += 1) {
      rows.push(Object.fromEntries(cells.map(([name, values]) => [name, values[row]])));
    }
  }
  return rows;
};

/** What hyparquet makes of the file, in the words of cells. */
const stockRows = async (file: File, columns?: string[]): Promise<Record<string, unknown>[]> => {
  const rows = await parquetReadObjects({ file, compressors, ...(columns ? { columns } : {}) });
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, worded(name, value)])),
  );
};

function worded(name: string, value: unknown): unknown {
  if (value === undefined || Number.isNaN(value)) return null;
  if (typeof value === 'bigint') return Number(value);
  if (name.startsWith('decimal') && typeof value === 'number') return Number(value.toFixed(2));
  if (!(value instanceof Date)) return value;
  const text = value.toISOString().replace('T', ' ').replace('Z', '');
  return name.startsWith('day') ? text.slice(0, 10) : text;
}

/** Every type a table has, each with gaps, few and many distinct values, over several row groups. */
const EVERY_TYPE = `SELECT
  'key ' || i AS key,
  CASE WHEN i % 7 = 0 THEN NULL ELSE 'word ' || i % 11 END AS word,
  CASE WHEN i % 3 = 0 THEN NULL ELSE 'für 😀 ' || hash(i) END AS note,
  CAST(i % 100 AS TINYINT) AS tiny,
  CAST(CASE WHEN i % 2 = 0 THEN NULL ELSE i - 3000 END AS INTEGER) AS whole,
  CAST(i * 900719 - 4000000000 AS BIGINT) AS long,
  CAST(CASE WHEN i % 5 = 0 THEN NULL ELSE i % 4 END AS BIGINT) AS long_word,
  CAST(i % 200 AS UINTEGER) AS unsigned,
  CASE WHEN i % 9 = 0 THEN 'NaN' WHEN i % 4 = 0 THEN NULL ELSE sqrt(i) END AS number,
  CAST(i AS FLOAT) / 2 AS real,
  CAST(i % 31 AS DECIMAL(5, 1)) / 10 AS decimal_small,
  CAST(CASE WHEN i % 6 = 0 THEN NULL ELSE -i / 8 END AS DECIMAL(18, 2)) AS decimal_long,
  CAST(i AS DECIMAL(30, 2)) AS decimal_wide,
  CASE WHEN i % 5 = 0 THEN NULL ELSE i % 2 = 0 END AS flag,
  i < 3 AS few,
  DATE '1960-01-01' + CAST(i AS INTEGER) AS day_each,
  CASE WHEN i % 2 = 0 THEN NULL ELSE DATE '2026-01-01' + CAST(i % 9 AS INTEGER) END AS day_word,
  TIMESTAMP '2026-03-01 04:05:06' + to_seconds(i) AS moment,
  CAST(NULL AS VARCHAR) AS no_text,
  CAST(NULL AS DOUBLE) AS no_number,
  CASE WHEN i < 4096 THEN NULL ELSE 'late' END AS late_text,
  CASE WHEN i < 4096 THEN NULL ELSE i / 2 END AS late_number
  FROM range(9000) t(i)`;

describe('a file read into flat columns is what hyparquet reads', () => {
  test.each(['uncompressed', 'snappy', 'zstd', 'gzip', 'lz4_raw'])(
    'from DuckDB, %s',
    async (codec) => {
      const file = await written(EVERY_TYPE, `, COMPRESSION ${codec}, ROW_GROUP_SIZE 4096`);
      expect(await flatRows(file)).toEqual(await stockRows(file));
    },
  );

  test.each([
    'DICTIONARY_SIZE_LIMIT 1',
    "PARQUET_VERSION 'V2'",
    "PARQUET_VERSION 'V2', DICTIONARY_SIZE_LIMIT 1",
  ])('from DuckDB with %s', async (option) => {
    const file = await written(EVERY_TYPE, `, ${option}, ROW_GROUP_SIZE 4096`);
    expect(await flatRows(file)).toEqual(await stockRows(file));
  });

  test.each([
    ['text', 'RLE_DICTIONARY'],
    ['text', 'DELTA_LENGTH_BYTE_ARRAY'],
    ['text', 'DELTA_BYTE_ARRAY'],
    ['long', 'DELTA_BINARY_PACKED'],
    ['long', 'BYTE_STREAM_SPLIT'],
    ['number', 'BYTE_STREAM_SPLIT'],
    ['number', 'RLE_DICTIONARY'],
    ['flag', 'RLE'],
    ['flag', 'PLAIN'],
  ] as const)('from hyparquet-writer: pages of %s as %s', async (name, encoding) => {
    const rows = Array.from({ length: 5000 }, (_, row) => row);
    const values = {
      text: rows.map((row) => (row % 3 === 0 ? null : `value ${row % 500}`)),
      long: rows.map((row) => BigInt(row % 700)),
      number: rows.map((row) => (row % 4 === 0 ? null : (row % 90) / 7)),
      flag: rows.map((row) => (row % 5 === 0 ? null : row % 2 === 0)),
    };
    const columnData = [{ name, data: values[name] as unknown[], encoding }];
    const buffer = parquetWriteBuffer({ columnData, pageSize: 1000, rowGroupSize: 2048 });
    const file = fileOf(new Uint8Array(buffer));
    expect(await flatRows(file)).toEqual(await stockRows(file));
  });

  test('some columns only, in the order they are asked for', async () => {
    const file = await written(EVERY_TYPE, ', ROW_GROUP_SIZE 4096');
    const columns = ['whole', 'key', 'day_word'];
    const rows = await flatRows(file, columns);
    expect(Object.keys(rows[0] ?? {})).toEqual(columns);
    expect(rows).toEqual(await stockRows(file, columns));
  });
});

test('numbers stand in one block, with NaN for what is not there', async () => {
  const select = 'SELECT CASE WHEN i = 1 THEN NULL ELSE i END AS n, i AS m FROM range(3) t(i)';
  const groups = flatGroups(await written(select));
  const { columns } = (await groups.next()).value ?? {};
  expect(columns).toEqual({ n: Float64Array.of(0, Number.NaN, 2), m: Float64Array.of(0, 1, 2) });
  expect(cellsOf(columns?.n ?? [])).toEqual([0, null, 2]);
  expect(cellsOf(columns?.m ?? [])).toBe(columns?.m);
});

test('decimals are the nearest numbers', async () => {
  const file = await written('SELECT CAST(-4.6 AS DECIMAL(5, 1)) AS x, 0.07::DECIMAL(18, 2) AS y');
  expect(await flatRows(file)).toEqual([{ x: -4.6, y: 0.07 }]);
});

test('a leading byte order mark stays in its text', async () => {
  expect(await flatRows(await written("SELECT '\ufeffmarked' AS x"))).toEqual([
    { x: '\ufeffmarked' },
  ]);
});

test.each([
  [
    'an integer beyond what a number holds',
    'SELECT 9007199254740993 AS n',
    /9007199254740993.* n /,
  ],
  ['a list', 'SELECT [1, 2] AS n', /column n is not flat/],
  ['a span of time', 'SELECT INTERVAL 1 DAY AS n', /interval/],
])('%s is refused', async (_, select, words) => {
  const file = await written(select);
  await expect(flatRows(file)).rejects.toThrow(words);
});

test('a file without rows has no groups of them, and a column that is not there is named', async () => {
  const file = await written('SELECT 1 AS n WHERE false');
  expect(await flatRows(file)).toEqual([]);
  await expect(flatRows(file, ['m'])).rejects.toThrow('there is no column m');
});

test('what lies side by side is fetched at once, and no more than a group ahead', async () => {
  const file = await written(EVERY_TYPE, ', ROW_GROUP_SIZE 2048');
  const asked: number[] = [];
  const slice: File['slice'] = (start, end) => {
    asked.push(start);
    return file.slice(start, end);
  };
  const groups = flatGroups({ ...file, slice });
  await groups.next();
  // The footer, and two of five groups.
  expect(asked).toHaveLength(3);
  await groups.return(undefined);
});

describe('row groups that lie behind', () => {
  const keys = Array.from({ length: 9000 }, (_, row) => `A-${String(row).padStart(5, '0')}`);
  const select = `SELECT 'A-' || lpad(CAST(i AS VARCHAR), 5, '0') AS id FROM range(9000) t(i)`;

  /** The keys that are read, and how often the file is asked, while what is passed moves on. */
  const readPast = async (options: string, upTo: (last: string | null) => string | null) => {
    const file = await written(select, options);
    let asked = 0;
    const counted = {
      ...file,
      slice(from: number, to?: number) {
        asked += 1;
        return file.slice(from, to);
      },
    };
    let last: string | null = null;
    const passing = { column: 'id', upTo: () => upTo(last) };
    const read: string[] = [];
    for await (const { columns } of flatGroups(counted, { compressors, passing })) {
      read.push(...(Array.from(columns.id ?? []) as string[]));
      last = read.at(-1) ?? null;
    }
    return { read, asked };
  };

  test('are passed over unread, and none that has a row ahead', async () => {
    const whole = await readPast(', ROW_GROUP_SIZE 2048', () => null);
    expect(whole.read).toEqual(keys);
    const { read, asked } = await readPast(', ROW_GROUP_SIZE 2048', () => 'A-04100');
    expect(read).toEqual(keys.slice(4096));
    expect(asked).toBeLessThan(whole.asked);
  });

  test('what moves on while a group is worked on counts for the next', async () => {
    const jump = (last: string | null) => (last === null ? null : 'A-08191');
    const { read } = await readPast(', ROW_GROUP_SIZE 2048', jump);
    expect(read).toEqual([...keys.slice(0, 2048), ...keys.slice(8192)]);
  });

  test('a text that begins with a byte order mark comes after the letters, and is not passed with them', async () => {
    const id = { name: 'id', type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;
    const writer = flatWriter([{ ...id, repetition_type: 'REQUIRED' }], 'test');
    for (const text of ['A', '\ufeffAcme']) writer.columns[0]?.push(text);
    const passing = { column: 'id', upTo: () => 'B' };
    const read: unknown[] = [];
    for await (const { columns } of flatGroups(fileOf(writer.finish()), { passing })) {
      read.push(...Array.from(columns.id ?? []));
    }
    expect(read).toEqual(['A', '\ufeffAcme']);
  });
});
