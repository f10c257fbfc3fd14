import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Model } from '../../../shared/config/model.ts';
import { defaultSegments, segmentField } from '../../../shared/config/segments.ts';
import type { Band } from '../../../shared/health/band.ts';
import { parentTally } from '../../../shared/health/parent-health.ts';
import {
  type CountedAccount,
  cuts,
  segmentHealthTally,
} from '../../../shared/health/segment-health.ts';

const segment = segmentField.parse(defaultSegments[0]);
const counted: CountedAccount = {
  arrCents: 100,
  region: 'EMEA',
  ownerEmail: null,
  placement: { segment, motion: 'high_touch', stage: 'adopting' },
  band: 'green',
  bandAtLastRun: 'green',
  band28DaysAgo: null,
};

const partsOf = (accounts: readonly CountedAccount[]) => {
  const tally = segmentHealthTally();
  accounts.forEach(tally.add);
  return [...tally.parts()];
};

describe('segment health', () => {
  test('says accounts, ARR and shares per band, and who came up and down', () => {
    const parts = partsOf([
      counted,
      { ...counted, arrCents: 300, band: 'red', bandAtLastRun: 'yellow', band28DaysAgo: 'green' },
      { ...counted, arrCents: 50, bandAtLastRun: 'red' },
    ]);
    const red = parts.find((part) => part.cut === 'owner' && part.band === 'red');
    expect(red).toMatchObject({
      cutValue: '(none)',
      accounts: 1,
      arrCents: 300,
      accountShare: 1 / 3,
      downSinceLastRun: { accounts: 1, arrCents: 300 },
      downIn28Days: { accounts: 1, arrCents: 300 },
    });
    const green = parts.find((part) => part.cut === 'lifecycle' && part.band === 'green');
    expect(green?.upSinceLastRun).toEqual({ accounts: 1, arrCents: 50 });
  });

  test('every cut holds every account once', () => {
    const anyAccount = fc.record({
      arrCents: fc.nat(1e9),
      region: fc.option(fc.constantFrom('EMEA', 'APAC')),
      band: fc.constantFrom<Band>('green', 'yellow', 'red', 'unscored'),
    });
    fc.assert(
      fc.property(fc.array(anyAccount, { minLength: 1 }), (accounts) => {
        const parts = partsOf(accounts.map((account) => ({ ...counted, ...account })));
        for (const cut of cuts) {
          const mine = parts.filter((part) => part.cut === cut);
          const sum = (of: (part: (typeof mine)[number]) => number) =>
            mine.reduce((total, part) => total + of(part), 0);
          expect(sum((part) => part.accounts)).toBe(accounts.length);
          expect(sum((part) => part.arrCents)).toBe(
            accounts.reduce((total, { arrCents }) => total + arrCents, 0),
          );
        }
      }),
    );
  });
});

describe('parents', () => {
  const model = { bands: { green: 70, yellow: 40 } } as Model;
  const member = (accountId: string, score: number | null, arrCents: number) => ({
    accountId,
    name: `Company ${accountId}`,
    score,
    band: 'green' as Band,
    arrCents,
  });

  test('the mean is weighted by ARR, and the worst daughter is named', () => {
    const tally = parentTally();
    tally.name('P', 'Company P');
    tally.name('no customer', 'Company without customers');
    tally.add(member('P', 90, 900), null, true);
    tally.add(member('D', 20, 100), 'P', false);
    tally.add(member('E', null, 50), 'P', false);
    tally.add(member('alone', 10, 10), null, false);
    expect([...tally.parents(model)]).toEqual([
      {
        parentAccountId: 'P',
        parentName: 'Company P',
        accounts: 3,
        scoredAccounts: 2,
        arrCents: 1050,
        score: 83,
        band: 'green',
        worst: member('D', 20, 100),
      },
    ]);
  });

  test('a group without scores is unscored, whoever comes first', () => {
    const tally = parentTally();
    tally.name('P', 'Company P');
    tally.add(member('A', null, 0), 'P', false);
    tally.add(member('P', null, 0), null, true);
    const [group] = tally.parents(model);
    expect(group).toMatchObject({ parentName: 'Company P', score: null, band: 'unscored' });
    expect(group?.worst).toBeNull();
  });
});
