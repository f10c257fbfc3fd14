import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, toDay } from '../../../shared/basics/day.ts';
import { sha256 } from '../../../shared/basics/digest.ts';
import { parquetFile } from '../../../shared/publish/parquet-file.ts';
import { readTable } from '../../../shared/publish/read-table.ts';
import { defineTable, type RowOf } from '../../../shared/publish/table.ts';
import { memoryObjectStore } from '../../kit/memory-object-store.ts';

const everyKind = defineTable({
  name: 'every_kind',
  grain: 'one row per row',
  columns: {
    text: { kind: 'text', meaning: '' },
    cents: { kind: 'cents', meaning: '' },
    tenths: { kind: 'tenths', optional: true, meaning: '' },
    number: { kind: 'number', optional: true, meaning: '' },
    flag: { kind: 'flag', optional: true, meaning: '' },
    day: { kind: 'day', optional: true, meaning: '' },
    note: { kind: 'text', optional: true, meaning: '' },
  },
});
type Row = RowOf<typeof everyKind>;

const write = async (rows: readonly Row[], flushEvery = 7) => {
  const store = memoryObjectStore();
  const file = parquetFile(everyKind, await store.upload());
  for (const [index, row] of rows.entries()) {
    file.add(row);
    if (index % flushEvery === 0) await file.flush();
  }
  const written = await file.finish(() => 'file');
  return { store, written, bytes: store.objects.get('file')?.bytes ?? new Uint8Array() };
};

const anyRow: fc.Arbitrary<Row> = fc.record({
  text: fc.string({ unit: 'binary' }),
  cents: fc.integer({ min: -(2 ** 50), max: 2 ** 50 }),
  tenths: fc.option(fc.integer({ min: -1000, max: 1000 }).map((tenths) => tenths / 10)),
  number: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
  flag: fc.option(fc.boolean()),
  day: fc.option(
    fc.integer({ min: -9000, max: 60_000 }).map((days) => addDays(toDay('1970-01-01'), days)),
  ),
  note: fc.option(fc.string()),
});

describe('a published file', () => {
  test('gives back what was put in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 50 }), async (rows) => {
        const { store } = await write(rows);
        expect(await readTable(store, everyKind, { path: 'file' })).toEqual(rows);
      }),
      { numRuns: 50 },
    );
  });

  test('has the same bytes however often it is flushed, and the digest it says', async () => {
    const row = {
      text: 'a',
      cents: 1,
      tenths: 2.5,
      number: 0.1,
      flag: true,
      day: '2026-11-22',
      note: null,
    };
    const rows = Array.from({ length: 45_000 }, (_, index) => ({ ...row, text: `A-${index}` }));
    const [seldom, often] = [await write(rows, 50_000), await write(rows, 20_000)];
    const again = await write(rows, 20_000);
    expect(often.written).toEqual(again.written);
    expect(often.written).toMatchObject({
      rows: 45_000,
      sha256: sha256(often.bytes),
      bytes: often.bytes.length,
    });
    expect(await readTable(seldom.store, everyKind, { path: 'file' })).toEqual(rows);
  });

  test('may be empty', async () => {
    const { store, written } = await write([]);
    expect(written.rows).toBe(0);
    expect(await readTable(store, everyKind, { path: 'file' })).toEqual([]);
  });

  test('reads one account out of many', async () => {
    const rows = Array.from({ length: 30_000 }, (_, index) => ({
      text: `A-${String(index).padStart(6, '0')}`,
      cents: index,
      tenths: null,
      number: null,
      flag: null,
      day: null,
      note: null,
    }));
    const { store } = await write(rows, 1000);
    const found = await readTable(store, everyKind, {
      path: 'file',
      filter: { text: { $eq: 'A-025000' } },
    });
    expect(found?.map(({ cents }) => cents)).toEqual([25_000]);
  });
});
