import { expect, test } from 'vitest';
import { featuresOf } from '../../kit/features-of.ts';
import { asOf } from './feature-cases.ts';

const contracts = `contract_id,account_id,start_date,end_date,arr,currency
C-1,top,2024-01-01,2027-01-01,1200,USD`;

/** Account and parent, line by line, and the ultimate parents that come of it. */
const ultimateParents = async (parents: Readonly<Record<string, string>>) => {
  const lines = Object.entries({ top: '', ...parents }).map(
    ([id, parent]) => `${id},${id},${parent}`,
  );
  const accounts = ['account_id,name,parent_account_id', ...lines].join('\n');
  const extra = 'data_quality: { orphan_share: 1 }';
  const rows = await featuresOf({ asOf, tables: { accounts, contracts }, extra });
  expect(rows.map(({ accountId }) => accountId).sort()).toEqual(
    ['top', ...Object.keys(parents)].sort(),
  );
  return Object.fromEntries(
    rows.map(({ accountId, ultimateParentId }) => [accountId, ultimateParentId]),
  );
};

test('a chain of parents ends at the topmost, after five steps at most', async () => {
  const chain = { b: 'top', c: 'b', d: 'c', e: 'd', f: 'e', g: 'f' };
  expect(await ultimateParents(chain)).toEqual({
    top: null,
    ...{ b: 'top', c: 'top', d: 'top', e: 'top', f: 'top', g: 'b' },
  });
});

test('an account that is its own parent has none, and is the top of those below', async () => {
  expect(await ultimateParents({ own: 'own', below: 'own' })).toEqual({
    ...{ top: null, own: null, below: 'own' },
  });
});

test('all of a circle have no parent, and who is below belongs to the first of it', async () => {
  const two = { x: 'y', y: 'x', into: 'x', deep: 'into' };
  expect(await ultimateParents(two)).toEqual({
    ...{ top: null, x: null, y: null, into: 'x', deep: 'x' },
  });
  const five = { a: 'b', b: 'c', c: 'd', d: 'e', e: 'a' };
  expect(await ultimateParents(five)).toEqual({
    ...{ top: null, a: null, b: null, c: null, d: null, e: null },
  });
});

test('a circle of more than five ends, with each account once', async () => {
  const six = { a: 'b', b: 'c', c: 'd', d: 'e', e: 'f', f: 'a' };
  expect(await ultimateParents(six)).toMatchObject({ a: 'f', b: 'a' });
});

test('a parent that is not among the accounts is still the parent', async () => {
  expect(await ultimateParents({ lone: 'nobody' })).toMatchObject({ lone: 'nobody' });
});

test('who is named beside the account comes through', async () => {
  const accounts = `account_id,name,manager_email,ae_email,strategic,motion
top,Top,m@x.example,ae@x.example,yes,pooled
low,Low,,,,`;
  const rows = await featuresOf({ asOf, tables: { accounts, contracts } });
  expect(rows).toMatchObject([
    { accountId: 'low', managerEmail: null, aeEmail: null, strategic: null, motionName: null },
    {
      ...{ accountId: 'top', managerEmail: 'm@x.example', aeEmail: 'ae@x.example' },
      ...{ strategic: true, motionName: 'pooled', ultimateParentId: null },
    },
  ]);
});

test('an account has as many daughters as name it, itself left out', async () => {
  const accounts = `account_id,name,parent_account_id
top,Top,
own,Own,own
b,B,top
c,C,top
d,D,b`;
  const rows = await featuresOf({ asOf, tables: { accounts, contracts } });
  expect(rows.map(({ accountId, daughters }) => [accountId, daughters])).toEqual([
    ...[
      ['b', 1],
      ['c', 0],
      ['d', 0],
      ['own', 0],
      ['top', 2],
    ],
  ]);
});
