import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { duckdbWarehouse } from '../../functions/adapters/local/duckdb-warehouse.ts';
import type { Cell, Warehouse } from '../../shared/ports/warehouse.ts';
import { normalisedSql } from '../../shared/sources/mapping.ts';
import { type ColumnType, defineSource, type Source } from '../../shared/sources/source.ts';
import { sqlText } from '../../shared/sources/sql.ts';
import { AS_OF } from '../sql/company-queries.ts';
import { sameCell } from './differences.ts';
import { trinoClient } from './trino-client.ts';
import { trinoWarehouse } from './trino-warehouse.ts';

const address = inject('trino');

const numbers = `12|12.7|12.5|-2.5| 12 |1e3|1E3|+5|.5|5.|-|1,000|1 2|1_000|0x10|12d|NaN|nan|inf|
  Infinity|-inf|1e400|true|٣|1.00005|-1.00005|123456789012345|9007199254740991| |`;
const flags = 'true|TRUE|t|1|yes|YES|Y|on|false|f|0|no|N|off| true |2|0.0|maybe|';
const days = `2026-01-05|2026-1-5| 2026-01-05 |2026-02-30|0000-00-00|9999-12-31|2026/01/05|
  20260105|05.01.2026|2026-01|2026-01-05 10:00:00|2026-01-05T10:00:00Z|epoch|`;
const moments = `2026-01-05|2026-01-05 10:00|2026-01-05 10:00:00|2026-01-05 10:00:00.5|
  2026-01-05 23:59:59.999999|2026-01-05T10:00:00|2026-01-05T10:00:00Z|2026-01-05T10:00:00.123Z|
  2026-01-05 10:00:00Z|2026-01-05 10:00:00+02:00|2026-01-05T10:00:00+02:00|2026/01/05 10:00:00|
  2026-1-5 1:2:3|2026-01-05 24:00:00|2026-01-05 23:59:60|2026-01-05 10|infinity|yesterday|`;

/** Texts as they stand in columns of strings, and those that only one of the engines reads. */
const texts: readonly (readonly [ColumnType, string, readonly string[]])[] = [
  ['integer', numbers, ['1_000', '12d']],
  ['number', numbers, ['1_000', '12d']],
  ['money', numbers, [' 12 ', '1_000', '٣']],
  ['flag', flags, []],
  ['day', days, ['2026/01/05', '2026-01-05 10:00:00', '2026-01-05T10:00:00Z', 'epoch']],
  ['moment', moments, ['2026/01/05 10:00:00', '2026-01-05 24:00:00', 'infinity']],
];

const micros = "TIMESTAMP '2026-01-05 23:59:59.999999'";

/** Values of other types than the column should have. */
const values: readonly (readonly [ColumnType, string])[] = [
  ['integer', '2.5E0'],
  ['integer', '3.5E0'],
  ['integer', '-2.5E0'],
  ['integer', 'CAST(2.5 AS DECIMAL(5, 1))'],
  ['integer', '9007199254740991'],
  ['integer', 'true'],
  ['integer', "CAST('NaN' AS DOUBLE)"],
  ['number', "CAST('NaN' AS DOUBLE)"],
  ['number', "CAST('Infinity' AS DOUBLE)"],
  ['number', 'CAST(1.1 AS REAL)'],
  ['money', '1.00005E0'],
  ['money', '0.00025E0'],
  ['money', '1E300'],
  ['flag', '0'],
  ['flag', '2'],
  ['flag', '0.5E0'],
  ['day', micros],
  ['moment', micros],
  ['moment', "DATE '2026-01-05'"],
];

describe.skipIf(address === '')('a value read by Trino and by DuckDB', () => {
  let folder: string;
  let duckdb: Warehouse;
  const trino = trinoWarehouse(trinoClient(address, 'memory', 'default'));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-trino-'));
    await writeFile(join(folder, 'nothing.csv'), 'x\n1\n');
    duckdb = await duckdbWarehouse({ path: folder });
  });

  afterAll(async () => {
    await duckdb.close();
    await rm(folder, { recursive: true, force: true });
  });

  const readings = async (type: ColumnType, value: string): Promise<[Cell, Cell]> => {
    const query = { name: 'reading', sql: readingSql(type, value) };
    const answers = await Promise.all([duckdb.read(query), trino.read(query)]);
    return answers.map(({ rows }) => rows[0]?.value ?? null) as [Cell, Cell];
  };

  test.each(values)('as %s: %s', async (type, value) => {
    const [here, there] = await readings(type, value);
    expect(sameCell(here, there, true), `${here} in DuckDB, ${there} in Trino`).toBe(true);
  });

  // One may refuse what the other reads, for a check then says so; never may they read two values.
  test.each(texts)('texts as %s: one value, or a refusal', async (type, all, oneSided) => {
    const apart: string[] = [];
    const refusedByOne: string[] = [];
    for (const text of all.split('|').map((line) => line.replace(/^\n {2}/, ''))) {
      const [here, there] = await readings(type, sqlText(text));
      if (sameCell(here, there, true)) continue;
      if (here === null || there === null) refusedByOne.push(text);
      else apart.push(`'${text}' is ${here} in DuckDB, ${there} in Trino`);
    }
    expect(apart).toEqual([]);
    expect(refusedByOne).toEqual(oneSided);
  });
});

function readingSql(type: ColumnType, value: string): string {
  const source = defineSource({
    id: 'readings',
    grain: 'one row',
    required: true,
    key: ['value'],
    columns: { value: { type, meaning: 'what is read' } },
    known: () => 'true',
    features: {},
    reduce: (rows) => rows,
  }) as unknown as Source;
  const relation = `SELECT ${value} AS x`;
  return normalisedSql(source, relation, new Map([['value', '"x"']]), AS_OF);
}
