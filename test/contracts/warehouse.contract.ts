import { describe, expect, type TestContext, test } from 'vitest';
import { unpacked } from '../../shared/parquet/packed-batch.ts';
import type {
  Batch,
  Cell,
  PackedBatch,
  StreamQuery,
  Warehouse,
} from '../../shared/ports/warehouse.ts';

/** The rows every warehouse under test holds as `accounts`, in the order of their UTF-8 bytes. */
export const ACCOUNTS = [
  ['Zeta', 3, 9_007_199_254_740_991, 0.1, '1969-12-31', false, 'plain'],
  ['a', 0, 0, 0, '2024-02-29', true, ''],
  ['a b', -1, -5, -2.5, '2026-03-01', true, null],
  ['ab', null, null, null, null, null, 'a, "quoted"; text'],
  ['zürich', 2_147_483_647, 1, 1e20, '2000-01-01', false, "it's"],
  ['é', 1, 1, 1, '2026-12-31', true, '😀'],
  // UTF-16, and thus JavaScript's `<`, has these two the other way round.
  ['～', 2, 2, 0.3333333333333333, '2026-01-01', false, ' padded '],
  ['😀', 4, 4, 4, '2026-01-02', true, 'NULL'],
] as const satisfies Rows;

export const COLUMNS = [
  'account_id',
  'seats',
  'arr_cents',
  'use_ratio',
  'renews_on',
  'is_paying',
  'note',
];

/** Creates `accounts` in a DuckDB database, out of order. */
export const ACCOUNTS_SQL = `CREATE TABLE accounts AS
  SELECT * FROM (VALUES ${ACCOUNTS.toReversed().map(literalRow).join(', ')}) t(${COLUMNS})`;

const TYPED = `SELECT account_id, CAST(seats AS INTEGER) AS seats,
  CAST(arr_cents AS BIGINT) AS arr_cents, CAST(use_ratio AS DOUBLE) AS use_ratio,
  CAST(renews_on AS DATE) AS renews_on, CAST(is_paying AS BOOLEAN) AS is_paying,
  note FROM accounts`;

const stream = {
  name: 'accounts',
  runKey: 'contract/2026-03-01',
  sql: TYPED,
  orderBy: 'account_id',
  // Enough for several sort buckets, where there are such.
  rowsExpected: 60_000,
};

/** What every warehouse must do, so that a laptop and the cloud score alike. */
export const warehouseContract = (
  name: string,
  setup: () => Promise<{ warehouse: Warehouse; close?: () => Promise<void> }>,
  { tellsEmptyFromNull = true } = {},
): void => {
  const accounts = tellsEmptyFromNull ? ACCOUNTS : ACCOUNTS.map((row) => row.map(emptyIsNull));
  const within = (run: (warehouse: Warehouse) => Promise<void>) => async () => {
    const { warehouse, close } = await setup();
    try {
      await run(warehouse);
    } finally {
      await warehouse.close();
      await close?.();
    }
  };

  describe(`warehouse: ${name}`, () => {
    readContract(within, accounts);
    streamContract(within, accounts);
    packedContract(within, accounts);
    refusalContract(within);
  });
};

type Rows = readonly (readonly Cell[])[];
type Within = (run: (warehouse: Warehouse) => Promise<void>) => () => Promise<void>;

function readContract(within: Within, accounts: Rows): void {
  test(
    'read gives typed cells and the names of their types',
    within(async (warehouse) => {
      const { columns, rows } = await warehouse.read({ name: 'all', sql: TYPED });
      expect(columns).toEqual([
        { name: 'account_id', type: 'varchar' },
        { name: 'seats', type: 'integer' },
        { name: 'arr_cents', type: 'bigint' },
        { name: 'use_ratio', type: 'double' },
        { name: 'renews_on', type: 'date' },
        { name: 'is_paying', type: 'boolean' },
        { name: 'note', type: 'varchar' },
      ]);
      expect(rows).toHaveLength(accounts.length);
      for (const account of accounts) {
        const row = rows.find(({ account_id }) => account_id === account[0]);
        expect(COLUMNS.map((column) => row?.[column])).toEqual(account);
      }
    }),
  );

  test(
    'read of no rows still names the columns',
    within(async (warehouse) => {
      const sql = 'SELECT * FROM accounts LIMIT 0';
      const { columns, rows } = await warehouse.read({ name: 'columns', sql });
      expect(columns.map((column) => column.name)).toEqual(COLUMNS);
      expect(rows).toEqual([]);
    }),
  );

  test(
    'a row that repeats the names of its columns is a row',
    within(async (warehouse) => {
      const { rows } = await warehouse.read({ name: 'echo', sql: "SELECT 'n' AS n, 'm' AS m" });
      expect(rows).toEqual([{ n: 'n', m: 'm' }]);
    }),
  );

  test(
    'what is not a number is unknown',
    within(async (warehouse) => {
      const { rows } = await warehouse.read({
        name: 'nan',
        sql: "SELECT CAST('NaN' AS DOUBLE) AS x",
      });
      expect(rows).toEqual([{ x: null }]);
    }),
  );

  test(
    'read gives a thousand rows and refuses more',
    within(async (warehouse) => {
      const many = 'SELECT a.account_id FROM accounts a, accounts b, accounts c, accounts d';
      const { rows } = await warehouse.read({ name: 'full', sql: `${many} LIMIT 1000` });
      expect(rows).toHaveLength(1000);
      for (const limit of [1001, 4096]) {
        const query = { name: 'too-many', sql: `${many} LIMIT ${limit}` };
        await expect(warehouse.read(query)).rejects.toMatchObject({ name: 'HoldfastError' });
      }
    }),
  );

  test(
    'an integer that JavaScript cannot hold is refused, not rounded',
    within(async (warehouse) => {
      const sql = "SELECT 'a' AS id, CAST(9007199254740993 AS BIGINT) AS n";
      await expect(warehouse.read({ name: 'unsafe', sql })).rejects.toThrow();
      await expect(
        collected(warehouse.stream({ ...stream, sql, orderBy: 'id' })),
      ).rejects.toThrow();
    }),
  );
}

function streamContract(within: Within, accounts: Rows): void {
  test(
    'stream gives the same cells by column, in the order of the UTF-8 bytes',
    within(async (warehouse) => {
      expect(await collected(warehouse.stream(stream))).toEqual(accounts);
      // The same run may be given the same execution, and in any case the same answer.
      expect(await collected(warehouse.stream(stream))).toEqual(accounts);
    }),
  );

  test(
    'stream of one bucket gives the same as of many',
    within(async (warehouse) => {
      expect(await collected(warehouse.stream({ ...stream, rowsExpected: 0 }))).toEqual(accounts);
    }),
  );

  test(
    'stream of no rows is no batch',
    within(async (warehouse) => {
      const sql = `${TYPED} WHERE seats > 2147483646 AND seats < 5`;
      expect(await collected(warehouse.stream({ ...stream, sql }))).toEqual([]);
    }),
  );

  test(
    'stream orders many rows across its batches',
    within(async (warehouse) => {
      const sql = `SELECT a.account_id || '/' || b.account_id || '/' || c.account_id || '/' ||
        d.account_id AS id FROM accounts a, accounts b, accounts c, accounts d`;
      const rows = await collected(warehouse.stream({ ...stream, sql, orderBy: 'id' }), ['id']);
      const inHex = rows.map(([id]) => Buffer.from(`${id}`).toString('hex'));
      expect(inHex).toHaveLength(4096);
      expect(inHex).toEqual(inHex.toSorted());
    }),
  );
}

function packedContract(within: Within, accounts: Rows): void {
  /** A port may leave it out. */
  const packing = (run: (asked: { warehouse: Warehouse; pack: Pack }) => Promise<void>) => {
    return (context: TestContext) =>
      within(async (warehouse) => {
        const pack = warehouse.streamPacked?.bind(warehouse);
        if (pack === undefined) return context.skip('it packs nothing');
        await run({ warehouse, pack });
      })();
  };

  test(
    'a packed stream has the cells and the last key of the stream',
    packing(async ({ pack }) => {
      const batches = await all(pack(stream));
      expect(await collected(decoded(batches))).toEqual(accounts);
      expect(batches.at(-1)?.last).toBe(accounts.at(-1)?.[0]);
    }),
  );

  test(
    'it has the very batches of the stream, also for whoever gets a copy',
    packing(async ({ warehouse, pack }) => {
      // More than one batch has.
      const ids = ['a', 'b', 'c', 'd', 'e'].map((one) => `${one}.account_id`);
      const sql = `SELECT ${ids.join(" || '/' || ")} AS id, a.seats AS seats,
        b.use_ratio AS use_ratio, c.is_paying AS is_paying, d.note AS note, e.renews_on AS renews_on
        FROM (${TYPED}) a, (${TYPED}) b, (${TYPED}) c, (${TYPED}) d, (${TYPED}) e`;
      const query = { ...stream, sql, orderBy: 'id' };
      const packed = structuredClone(await all(pack(query)));
      const plain = await all(warehouse.stream(query));
      expect(plain.length).toBeGreaterThan(1);
      expect(await all(decoded(packed))).toEqual(plain);
      expect(packed.map(({ rowCount }) => rowCount)).toEqual(plain.map((one) => one.rowCount));
      const keys = plain.map(({ columns, rowCount }) => columns.id?.[rowCount - 1]);
      expect(packed.map(({ last }) => last)).toEqual(keys);
    }),
  );

  test(
    'a packed stream of no rows is no batch',
    packing(async ({ pack }) => {
      const sql = `${TYPED} WHERE seats > 2147483646 AND seats < 5`;
      expect(await all(pack({ ...stream, sql }))).toEqual([]);
    }),
  );
}

type Pack = (query: StreamQuery) => AsyncIterable<PackedBatch>;

async function* decoded(batches: readonly PackedBatch[]): AsyncGenerator<Batch> {
  for (const batch of batches) yield unpacked(batch);
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const gathered: Item[] = [];
  for await (const item of items) gathered.push(item);
  return gathered;
}

function refusalContract(within: Within): void {
  test.each([
    ['an unknown table', 'SELECT x FROM nowhere_at_all'],
    ['an unknown column', 'SELECT nothing_like_it FROM accounts'],
    ['no SQL', 'SELEC account_id FROM accounts'],
  ])('%s is refused in the words of the engine', (_, sql) =>
    within(async (warehouse) => {
      const refused = {
        name: 'HoldfastError',
        kind: 'query',
        problems: [{ where: 'query refused', found: expect.stringMatching(/.{10}/) }],
      };
      const query = { ...stream, name: 'refused', sql };
      await expect(warehouse.read(query)).rejects.toMatchObject(refused);
      await expect(collected(warehouse.stream(query))).rejects.toMatchObject(refused);
    })(),
  );
}

const emptyIsNull = (cell: Cell) => (cell === '' ? null : cell);

async function collected(batches: AsyncIterable<Batch>, columns = COLUMNS): Promise<Cell[][]> {
  const rows: Cell[][] = [];
  for await (const { rowCount, columns: cells } of batches) {
    expect(rowCount).toBeGreaterThan(0);
    for (let row = 0; row < rowCount; row++) {
      rows.push(columns.map((column) => cells[column]?.[row] as Cell));
    }
  }
  return rows;
}

function literalRow(row: readonly Cell[]): string {
  const cells = row.map((cell, index) => {
    if (cell === null) return 'NULL';
    if (COLUMNS[index] === 'renews_on') return `DATE '${cell}'`;
    return typeof cell === 'string' ? `'${cell.replaceAll("'", "''")}'` : `${cell}`;
  });
  return `(${cells.join(', ')})`;
}
