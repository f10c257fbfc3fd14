import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columns } from '../../../../shared/reports/page/account-row.ts';
import { byStake } from '../../../../shared/reports/page/stake.ts';
import {
  accountsOf,
  firstView,
  type SortKey,
  type View,
} from '../../../../shared/reports/page/view.ts';
import { manyAccounts, pageAccount } from './sample-report.ts';

const accounts = manyAccounts(60).sort(byStake);

const idsOf = (view: Partial<View>, among = accounts) =>
  accountsOf(among, { ...firstView, ...view }).map(({ accountId }) => accountId);

describe('a view of the accounts', () => {
  test('is at first all of them, most at stake first', () => {
    expect(idsOf({})).toEqual(accounts.map(({ accountId }) => accountId));
  });

  test.each<[string, Partial<View>, boolean]>([
    ['its name', { query: 'meridian' }, true],
    ['its name with accents', { query: 'MÉRIDIAN' }, true],
    ['its id', { query: 'a-1' }, true],
    ['its owner', { query: 'lena fischer' }, true],
    ['its driver in words', { query: 'seat use' }, true],
    ['words of two columns', { query: 'retail emea' }, true],
    ['one word that it lacks', { query: 'meridian bank' }, false],
    ['its band', { band: 'red' }, true],
    ['another band', { band: 'green' }, false],
    ['its segment', { segment: 'enterprise' }, true],
    ['its owner in the list', { owner: 'Lena Fischer' }, true],
    ['another owner', { owner: 'Jun Tanaka' }, false],
    ['its stage', { lifecycle: 'renewing' }, true],
    ['flags', { isFlagged: true }, true],
    ['its band and another segment', { band: 'red', segment: 'smb' }, false],
  ])('finds an account by %s', (_, view, isFound) => {
    expect(idsOf(view, [pageAccount()])).toEqual(isFound ? ['A-1'] : []);
  });

  test('an account without flags is not among the flagged', () => {
    expect(idsOf({ isFlagged: true }, [pageAccount({ flags: [] })])).toEqual([]);
  });

  test.each(columns.map(({ key }) => key))('by %s holds the same accounts both ways', (sort) => {
    const up = idsOf({ sort, isDown: false });
    const down = idsOf({ sort, isDown: true });
    expect([...up].sort()).toEqual([...idsOf({})].sort());
    expect([...down].sort()).toEqual([...up].sort());
  });

  test.each<[SortKey, Parameters<typeof pageAccount>[0]]>([
    ['health', { score: null }],
    ['change', { change28: null }],
    ['renewal', { renewalOn: null }],
    ['driver', { driver: null }],
    ['owner', { ownerName: null, ownerEmail: null }],
  ])('by %s puts what is not known last, both ways', (sort, unknown) => {
    const among = [pageAccount({ accountId: 'unknown', ...unknown }), ...accounts];
    expect(idsOf({ sort, isDown: false }, among).at(-1)).toBe('unknown');
    expect(idsOf({ sort, isDown: true }, among).at(-1)).toBe('unknown');
  });

  test('names sort as people count: Aster 9 before Aster 10', () => {
    const among = ['Aster 10', 'aster 9', 'Ábaco'].map((name) =>
      pageAccount({ accountId: name, name }),
    );
    expect(idsOf({ sort: 'account' }, among)).toEqual(['Ábaco', 'aster 9', 'Aster 10']);
  });
});

describe('what is at stake', () => {
  test('red comes before yellow, unscored and green, whatever their ARR; then ARR counts', () => {
    const of = (band: string, arrCents: number) =>
      pageAccount({ accountId: `${band} ${arrCents}`, band, arrCents });
    const mixed = [of('green', 9), of('unscored', 8), of('red', 1), of('yellow', 7), of('red', 2)];
    expect(mixed.sort(byStake).map(({ accountId }) => accountId)).toEqual([
      ...['red 2', 'red 1', 'yellow 7', 'unscored 8', 'green 9'],
    ]);
  });

  test('the order does not hang on the order they come in', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(accounts, { minLength: accounts.length }), (shuffled) => {
        expect(shuffled.sort(byStake)).toEqual(accounts);
      }),
    );
  });
});
