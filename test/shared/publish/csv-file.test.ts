import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, toDay } from '../../../shared/basics/day.ts';
import { csvFile, decimalText } from '../../../shared/publish/csv-file.ts';
import { defineTable, type RowOf } from '../../../shared/publish/table.ts';
import { textFile } from '../../../shared/publish/text-file.ts';
import { memoryObjectStore } from '../../kit/memory-object-store.ts';

const everyKind = defineTable({
  name: 'every_kind',
  grain: 'one row per row',
  columns: {
    text: { kind: 'text', meaning: '' },
    due_arr_cents: { kind: 'cents', meaning: '' },
    lost_cents: { kind: 'cents', optional: true, meaning: '' },
    count: { kind: 'count', meaning: '' },
    tenths: { kind: 'tenths', optional: true, meaning: '' },
    number: { kind: 'number', optional: true, meaning: '' },
    flag: { kind: 'flag', optional: true, meaning: '' },
    day: { kind: 'day', optional: true, meaning: '' },
    note: { kind: 'text', optional: true, meaning: '' },
  },
});
type Row = RowOf<typeof everyKind>;

const plainRow: Row = {
  text: 'a',
  due_arr_cents: 0,
  lost_cents: null,
  count: 0,
  tenths: null,
  number: null,
  flag: null,
  day: null,
  note: null,
};

const write = async (rows: readonly Row[]) => {
  const store = memoryObjectStore();
  const file = textFile(await store.upload());
  const csv = csvFile(everyKind, file);
  for (const row of rows) {
    csv.add(row);
    await file.flush();
  }
  const written = await file.finish(() => 'file');
  const bytes = store.objects.get('file')?.bytes ?? new Uint8Array();
  return { written, totals: csv.totals(), bytes, text: new TextDecoder().decode(bytes) };
};

/** Fields as a reader that tells an empty field from an empty text has them. */
const readBack = (bytes: Uint8Array): (string | null)[][] =>
  parse(Buffer.from(bytes), {
    fromLine: 2,
    cast: (text, { quoting }) => (text === '' && !quoting ? null : text),
  });

const fieldOf = async (row: Partial<Row>, column: keyof Row): Promise<string | null> => {
  const { bytes } = await write([{ ...plainRow, ...row }]);
  return readBack(bytes)[0]?.[Object.keys(plainRow).indexOf(column)] ?? null;
};

describe('a CSV', () => {
  test('has a header, CRLF, money in whole units, and quotes where they are needed', async () => {
    const rows = [
      { ...plainRow, text: 'Meridian Retail', due_arr_cents: 123_450, number: 0.1 + 0.2 },
      { ...plainRow, text: 'Corvid, "Bank"', lost_cents: -5, tenths: 46.2, flag: false, note: '' },
      { ...plainRow, text: 'Vireo', day: '2026-11-22', count: -3, flag: true },
    ];
    const { text, totals, written } = await write(rows);
    expect(text).toBe(
      [
        'text,due_arr,lost,count,tenths,number,flag,day,note',
        'Meridian Retail,1234.50,,0,,0.3,,,',
        '"Corvid, ""Bank""",0.00,-0.05,0,46.2,,false,,""',
        'Vireo,0.00,,-3,,,true,2026-11-22,',
        '',
      ].join('\r\n'),
    );
    expect(totals).toEqual({ due_arr: '1234.50', lost: '-0.05' });
    expect(written).toMatchObject({ rows: 3 });
  });

  test.each([
    ['a formula', '=1+1', "'=1+1"],
    ['a plus', '+49 30', "'+49 30"],
    ['a minus', '-2', "'-2"],
    ['an at sign', '@SUM(A1)', "'@SUM(A1)"],
    ['a formula behind spaces', '  =1', "'  =1"],
    ['a formula behind a tab', '\t=1', "' =1"],
    ['a formula behind a line end', '\r\n=1', "'  =1"],
    ['a formula behind what nobody sees', '\u200b\ufeff=1', "'\u200b\ufeff=1"],
    ['a full-width formula', '＝1＋1', "'＝1＋1"],
    ['a sign within', 'A-1 = B', 'A-1 = B'],
    ['an apostrophe', "'s-Hertogenbosch", "'s-Hertogenbosch"],
    ['line ends', 'two\r\nlines', 'two  lines'],
    ['a zero byte', 'a\0b', 'a b'],
    ['half of a pair', 'a\ud800b', 'a\ufffdb'],
    ['an emoji', '😀', '😀'],
  ])('keeps %s harmless', async (_, text, field) => {
    expect(await fieldOf({ text }, 'text')).toBe(field);
  });

  test.each([
    [0, '0.00'],
    [5, '0.05'],
    [-5, '-0.05'],
    [-123_456, '-1234.56'],
    [2 ** 53 - 1, '90071992547409.91'],
  ])('writes %d cents as they are, without an apostrophe', async (cents, text) => {
    expect(await fieldOf({ due_arr_cents: cents }, 'due_arr_cents')).toBe(text);
  });

  test.each([
    [1 / 3, '0.333333'],
    [-1e-7, '0'],
    [1e-6, '0.000001'],
    [2, '2'],
    [1e21, '1000000000000000000000'],
    [Number.NaN, null],
  ])('writes the number %d with at most six places', async (number, text) => {
    expect(await fieldOf({ number }, 'number')).toBe(text);
  });

  test('adds up beyond what a number holds', async () => {
    const most = Number.MAX_SAFE_INTEGER;
    const { totals } = await write([1, 2, 3].map(() => ({ ...plainRow, due_arr_cents: most })));
    expect(totals.due_arr).toBe('270215977642229.73');
  });

  test('refuses parts of a cent', () => {
    expect(() => decimalText(0.5)).toThrow('whole cents');
  });
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('=', '-', ' ', '\t', '\r', '\n', '"', ',', ';', "'", 'a') }),
);

const anyRow: fc.Arbitrary<Row> = fc.record({
  text: anyText,
  due_arr_cents: fc.maxSafeInteger(),
  lost_cents: fc.option(fc.integer()),
  count: fc.integer(),
  tenths: fc.option(fc.integer({ min: -1000, max: 1000 }).map((tenths) => tenths / 10)),
  number: fc.option(fc.integer().map((millionths) => millionths / 1e6)),
  flag: fc.option(fc.boolean()),
  day: fc.option(
    fc.integer({ min: 0, max: 60_000 }).map((days) => addDays(toDay('1970-01-01'), days)),
  ),
  note: fc.option(anyText),
});

/** What a reader makes of a text: no apostrophe of ours, and spaces for controls. */
const read = (field: string) => field.replace(/^'(?=[\s\p{Cf}]*[=+\-@＝＋－＠])/u, '');
const asRead = (text: string) => read(text.replace(/\p{Cc}/gu, ' '));
const centsOf = (field: string) => Number(BigInt(field.replace('.', '')));
const orNull = <Value>(field: string | null | undefined, from: (text: string) => Value) =>
  field === null || field === undefined ? null : from(field);

test('any rows come back from another reader with the same values', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyRow, { maxLength: 20 }), async (rows) => {
      const { bytes, text, written } = await write(rows);
      const found = readBack(bytes).map((field) => ({
        text: orNull(field[0], read),
        due_arr_cents: orNull(field[1], centsOf),
        lost_cents: orNull(field[2], centsOf),
        count: orNull(field[3], Number),
        tenths: orNull(field[4], Number),
        number: orNull(field[5], Number),
        flag: orNull(field[6], (word) => word === 'true'),
        day: field[7],
        note: orNull(field[8], read),
      }));
      expect(found).toEqual(
        rows.map((row) => ({
          ...row,
          text: asRead(row.text),
          note: orNull(row.note, asRead),
        })),
      );
      expect(text.split('\r\n').length).toBe(rows.length + 2);
      expect(written).toMatchObject({ rows: rows.length, bytes: bytes.length });
    }),
    { numRuns: 200 },
  );
});
