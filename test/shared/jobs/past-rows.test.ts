import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareUtf8 } from '../../../shared/basics/compare-utf8.ts';
import { pastRowsOver } from '../../../shared/jobs/past-rows.ts';
import type { Batch } from '../../../shared/ports/warehouse.ts';

/** A table of accounts with so many rows each, cut into batches wherever a test wants it. */
const tableOf = (rows: readonly string[], cuts: readonly number[]) => {
  const borders = [0, ...[...cuts].sort((a, b) => a - b), rows.length];
  async function* batches(): AsyncGenerator<Batch> {
    for (const [index, from] of borders.slice(0, -1).entries()) {
      const ids = rows.slice(from, borders[index + 1]);
      yield { rowCount: ids.length, columns: { account_id: ids } };
    }
  }
  return pastRowsOver(batches());
};

const idAt = (columns: Batch['columns'], index: number) => columns.account_id?.[index] as string;

/** Asks for accounts in order, a few at a time, and tells what was shown for whom. */
const walk = async (
  rows: readonly string[],
  cuts: readonly number[],
  asked: readonly string[][],
) => {
  const table = tableOf(rows, cuts);
  const shown = new Map<string, number>();
  const skipped: string[] = [];
  for (const ids of asked) {
    await table.reach(ids.at(-1) ?? '');
    for (const id of ids) {
      table.visit(
        id,
        (columns, index) => {
          expect(idAt(columns, index)).toBe(id);
          shown.set(id, (shown.get(id) ?? 0) + 1);
        },
        (columns, index) => skipped.push(idAt(columns, index)),
      );
    }
  }
  await table.rest((columns, index) => skipped.push(idAt(columns, index)));
  return { shown: Object.fromEntries(shown), skipped };
};

describe('yesterday’s rows beside today’s accounts', () => {
  test('an account whose rows lie in two batches is shown whole', async () => {
    const rows = ['a', 'a', 'b', 'b', 'b', 'c'];
    expect(await walk(rows, [1, 4], [['a', 'b'], ['c']])).toEqual({
      shown: { a: 2, b: 3, c: 1 },
      skipped: [],
    });
  });

  test('who is gone is passed over and told; who is new has no rows', async () => {
    const rows = ['a', 'b', 'b', 'd', 'e'];
    expect(
      await walk(
        rows,
        [2],
        [
          ['a', 'aa'],
          ['c', 'd'],
        ],
      ),
    ).toEqual({
      shown: { a: 1, d: 1 },
      skipped: ['b', 'b', 'e'],
    });
  });

  test('every row is shown or told once, however both sides are cut', async () => {
    const anyIds = fc.uniqueArray(fc.constantFrom(...'abcdefgh', '😀', '\uff5e'));
    const cuts = fc.array(fc.nat(12), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        anyIds,
        anyIds,
        fc.integer({ min: 1, max: 3 }),
        cuts,
        cuts,
        async (past, now, each, cutsOfRows, cutsOfAsked) => {
          const rows = [...past].sort(compareUtf8).flatMap((id) => Array<string>(each).fill(id));
          const today = [...now].sort(compareUtf8);
          const places = [...new Set(cutsOfAsked)]
            .filter((cut) => cut < today.length)
            .sort((a, b) => a - b);
          const asked = [0, ...places]
            .map((from, index) => today.slice(from, places[index] ?? today.length))
            .filter((ids) => ids.length > 0);
          const limits = cutsOfRows.map((cut) => Math.min(cut, rows.length));
          const { shown, skipped } = await walk(rows, limits, asked);
          for (const id of past) expect(shown[id] ?? 0).toBe(now.includes(id) ? each : 0);
          expect(skipped).toEqual(rows.filter((id) => !now.includes(id)));
        },
      ),
    );
  });

  test('what lies before the place where it goes on is shown to nobody', async () => {
    const rows = ['a', 'b', 'b', 'c', 'd', 'e', 'f'];
    for (const cuts of [[], [1], [3], [5], [1, 2, 3, 4, 5, 6]]) {
      const table = tableOf(rows, cuts);
      const seen: string[] = [];
      const see = (columns: Batch['columns'], index: number) => seen.push(idAt(columns, index));
      await table.reach('a');
      table.visit('a', see, see);
      table.beginAfter('c');
      await table.reach('e');
      table.visit('e', see, see);
      await table.rest(see);
      expect(seen).toEqual(['a', 'd', 'e', 'f']);
    }
  });

  test('what they come from is let go of before its end', async () => {
    let isOpen = true;
    async function* batches(): AsyncGenerator<Batch> {
      try {
        for (const id of ['a', 'b', 'c']) yield { rowCount: 1, columns: { account_id: [id] } };
      } finally {
        isOpen = false;
      }
    }
    const table = pastRowsOver(batches());
    await table.reach('a');
    expect(isOpen).toBe(true);
    await table.end();
    expect(isOpen).toBe(false);
  });
});
