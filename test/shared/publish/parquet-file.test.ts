import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, toDay } from '../../../shared/basics/day.ts';
import { sha256 } from '../../../shared/basics/digest.ts';
import type { RangeReader } from '../../../shared/ports/object-store.ts';
import { parquetFile } from '../../../shared/publish/parquet-file.ts';
import { readTable, tableBatches } from '../../../shared/publish/read-table.ts';
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

const many: readonly Row[] = Array.from({ length: 300_000 }, (_, index) => ({
  text: `A-${String(index).padStart(6, '0')}`,
  cents: index,
  tenths: index % 3 === 0 ? null : (index % 1001) / 10,
  number: null,
  flag: null,
  day: null,
  note: index % 2 === 0 ? null : `note ${index % 9}`,
}));

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
  test('is the same by rows and by columns', async () => {
    const rows = fc.sample(anyRow, { numRuns: 500, seed: 7 });
    const { bytes } = await write(rows);
    const store = memoryObjectStore();
    const file = parquetFile(everyKind, await store.upload());
    for (const row of rows) file.columns.text.push(row.text);
    for (const row of rows) {
      file.columns.cents.push(row.cents);
      file.columns.tenths.push(row.tenths);
      file.columns.number.push(row.number);
      file.columns.flag.push(row.flag);
      file.columns.day.push(row.day);
      file.columns.note.push(row.note);
    }
    expect(await file.finish(() => 'file')).toMatchObject({ rows: 500 });
    expect(store.objects.get('file')?.bytes).toEqual(bytes);
  });

  test('gives back what was put in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 50 }), async (rows) => {
        const { store } = await write(rows);
        expect(await readTable(store, everyKind, { path: 'file' })).toEqual(rows);
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    ['a byte order mark', '\ufeff'],
    ['a text after one', '\ufeffA-1'],
    ['a sign outside the first plane', '\u{1f600}'],
    ['nothing', ''],
  ])('keeps %s in a text', async (_, text) => {
    const row = { text, cents: 1, tenths: null, number: null, flag: null, day: null, note: text };
    const { store } = await write([row]);
    expect(await readTable(store, everyKind, { path: 'file' })).toEqual([row]);
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
    const { store, bytes } = await write(many, 1000);
    const file = await store.open('file');
    let read = 0;
    const slice: RangeReader['slice'] = async (start, end = bytes.length) => {
      // The footer apart.
      if (end < bytes.length) read += end - start;
      return (await file?.slice(start, end)) ?? new ArrayBuffer(0);
    };
    const counted = { ...store, open: async () => ({ byteLength: bytes.length, slice }) };
    const filter = { text: { $eq: 'A-250000' } };
    const found = await readTable(counted, everyKind, { path: 'file', filter });
    expect(found?.map(({ cents }) => cents)).toEqual([250_000]);
    expect(read).toBeLessThan(bytes.length / 2);
  });
});

describe('batches of a published file', () => {
  test('give the asked columns of every row, in the order of the file', async () => {
    const { store } = await write(many, 1000);
    const columns = ['note', 'text', 'tenths'] as const;
    let row = 0;
    let batches = 0;
    for await (const batch of tableBatches(store, everyKind, { path: 'file', columns })) {
      expect(Object.keys(batch.columns)).toEqual(columns);
      for (let index = 0; index < batch.rowCount; index += 1, row += 1) {
        const { note, text, tenths } = many[row] as Row;
        const cells = batch.columns;
        const isSame =
          cells.note?.[index] === note &&
          cells.text?.[index] === text &&
          cells.tenths?.[index] === tenths;
        if (!isSame) expect.fail(`row ${row} is another`);
      }
      batches += 1;
    }
    expect(row).toBe(many.length);
    expect(batches).toBeGreaterThan(1);
  });

  test.each([
    ['nothing', null, 'nothing stands there'],
    ['no Parquet', 'torn', 'cannot be read'],
    ['another table', undefined, 'no column other'],
  ])('of %s are refused', async (_, content, words) => {
    const { store } = await write([]);
    const path = content === undefined ? 'file' : 'other';
    if (typeof content === 'string') await store.create(path, Buffer.from(content));
    const other = { ...everyKind, columns: { other: { kind: 'flag', meaning: '' } } } as const;
    const reading = tableBatches(store, other, { path, columns: ['other'] }).next();
    await expect(reading).rejects.toMatchObject({
      kind: 'results',
      message: expect.stringContaining(words),
    });
  });
});
