import { describe, expect, test } from 'vitest';
import { addDays, toDay } from '../../../shared/basics/day.ts';
import { riskField } from '../../../shared/config/risk.ts';
import { configSchema } from '../../../shared/config/schema.ts';
import type { AccountRow } from '../../../shared/features/account-row.ts';
import { type PastFlag, triageFor } from '../../../shared/risk/triage.ts';
import { playDrivers } from '../../../shared/sources/plays.ts';
import { healthyAccount } from '../../kit/healthy-account.ts';
import { sinceEver } from '../../kit/scorer.ts';
import { aRiskFlag } from './a-risk-flag.ts';

const segment = configSchema.shape.segments.parse(undefined)[0];
if (segment === undefined) throw new Error('no segment');
const judged = {
  placement: { segment, stage: 'adopting' },
  health: { band: 'green', lines: [] },
} as const;
const { asOf } = healthyAccount;
const yesterday = addDays(asOf, -1);

interface Situation {
  readonly account?: Partial<AccountRow>;
  readonly past?: readonly PastFlag[];
  readonly risk?: Parameters<typeof riskField.parse>[0];
  readonly missing?: string;
}

const triaged = ({ account, past = [], risk = {}, missing }: Situation) =>
  triageFor({
    policy: riskField.parse(risk),
    answerable: (needs) =>
      needs.some((need) => String(need).startsWith(`${missing}.`)) ? `${missing} is stale` : null,
    since: sinceEver,
    currency: 'USD',
  })({ ...healthyAccount, ...account }, judged, past);

const detractor: Partial<AccountRow> = { npsDetractorsOpen: 1, npsDetractors180d: 1 };
const openDetractor: PastFlag = {
  ...aRiskFlag,
  ...{ flag: 'detractor_open', raisedOn: yesterday, firstRaisedOn: yesterday },
  dueOn: toDay('2026-11-25'),
};

describe('an account', () => {
  test('with nothing wrong has no rows', () => {
    expect(triaged({})).toEqual([]);
  });

  test('has a row for each flag, in their order, with what is at stake and what to do', () => {
    const rows = triaged({ account: { ...detractor, objectivesMissed: 1 } });
    expect(rows.map(({ flag }) => flag)).toEqual(['outcome_missed', 'detractor_open']);
    expect(rows[1]).toEqual({
      ...aRiskFlag,
      flag: 'detractor_open',
      category: 'product_issue',
      evidence: '1 detractor of the last 180 days not yet answered',
      play: 'detractor_follow_up',
      playName: 'Detractor follow-up',
      actions:
        '1. Thank them for the answer within two days, and ask what lies behind it; 2. Fix what can be fixed, or say plainly what cannot; 3. Tell them what changed, and record that the loop is closed',
      dueOn: toDay('2026-11-27'),
    });
  });

  test('that left has its flags cleared, and none raised', () => {
    const gone = { ...detractor, objectivesMissed: 1, arrCents: 0, liveLines: 0 };
    expect(triaged({ account: gone, past: [openDetractor] })).toMatchObject([
      { flag: 'detractor_open', state: 'cleared', clearedBecause: 'no live contract', play: null },
    ]);
  });

  test.each([
    ['its source is stale', { missing: 'survey_responses' }, 'ongoing', null],
    [
      'it is switched off',
      { risk: { flags: { detractor_open: { enabled: false } } } },
      'cleared',
      'the flag is switched off in the config',
    ],
    ['it is answered', {}, 'cleared', 'it no longer holds'],
  ])('with an open flag, when %s', (_, situation, state, clearedBecause) => {
    const [row] = triaged({ past: [openDetractor], ...situation });
    expect(row).toMatchObject({ state, clearedBecause, daysOpen: 1 });
  });

  test('replayed from the same rows has the same rows', () => {
    const past = triaged({ account: { ...detractor, severeTicketsOpen: 4 } });
    const account = { asOf: addDays(asOf, 3) };
    const rows = triaged({ account, past });
    expect(rows.map(({ state }) => state)).toEqual(['cleared', 'cleared']);
    expect(triaged({ account, past: structuredClone(past) })).toEqual(rows);
  });
});

describe('a play', () => {
  test.each([
    [
      'as long as it was raised for',
      { dueOn: toDay('2026-11-25') },
      { npsDetractorsOpen: 1 },
      '2026-11-25',
    ],
    [
      'sooner once it is worse',
      { dueOn: toDay('2026-11-30') },
      { npsDetractorsOpen: 2 },
      '2026-11-25',
    ],
    ['anew when it reopens', { state: 'cleared', clearedOn: yesterday }, {}, '2026-11-27'],
  ] as const)('is due %s', (_, past, account, due) => {
    const rows = triaged({
      account: { ...detractor, ...account },
      past: [{ ...openDetractor, ...past }],
    });
    expect(rows[0]?.dueOn).toBe(due);
  });

  test.each([
    ['the AE', {}, {}, 'j.lind@harbourline.example', null],
    [
      'the manager where there is no AE',
      { aeEmail: null },
      {},
      'm.okafor@harbourline.example',
      'no AE on the account: its manager instead',
    ],
    [
      'nobody where there is no manager either',
      { aeEmail: null, managerEmail: null },
      {},
      null,
      'no AE on the account, and no manager either',
    ],
    [
      'support, where the config says who that is',
      {},
      { play_of_flag: { overage: 'support_remediation' }, support_email: 's@x.example' },
      's@x.example',
      null,
    ],
    [
      'the manager where it does not',
      {},
      { play_of_flag: { overage: 'support_remediation' } },
      'm.okafor@harbourline.example',
      'risk.support_email is not set: its manager instead',
    ],
  ])('is led by %s', (_, account, risk, playOwnerEmail, playOwnerReason) => {
    const [row] = triaged({ account: { entitlementUse: 2, ...account }, risk });
    expect(row).toMatchObject({ playOwnerEmail, playOwnerReason });
  });
});

const bit = (driver: (typeof playDrivers)[number]) => 2 ** playDrivers.indexOf(driver);
const cleared = (on: string): PastFlag => ({
  ...openDetractor,
  ...{ state: 'cleared', clearedOn: toDay(on), clearedBecause: 'x' },
});

describe('a flag is quiet', () => {
  test.each<[string, Situation, string | null]>([
    ['not by itself', {}, null],
    [
      'while a play against it is open',
      { account: { openPlayDrivers: bit('detractor_open') } },
      'play open',
    ],
    [
      'or against its category',
      { account: { openPlayDrivers: bit('product_issue') } },
      'play open',
    ],
    ['not by a play against another', { account: { openPlayDrivers: bit('value_gap') } }, null],
    [
      'not by a play that is overdue',
      { account: { openPlayDrivers: bit('detractor_open'), playsOverdue: 1 } },
      null,
    ],
    [
      'when it is back within two weeks',
      { past: [cleared('2026-11-09')] },
      'cooldown until 2026-11-23',
    ],
    ['not when it is back later', { past: [cleared('2026-11-08')] }, null],
    [
      'and until the two weeks are over',
      { past: [{ ...openDetractor, state: 'reopened', clearedOn: toDay('2026-11-09') }] },
      'cooldown until 2026-11-23',
    ],
  ])('%s', (_, { account, past }, quietBecause) => {
    const [row] = triaged({ account: { ...detractor, ...account }, past });
    expect(row?.quietBecause).toBe(quietBecause);
  });

  test('never when it is critical', () => {
    const account = { ...detractor, npsDetractorsOpen: 9, openPlayDrivers: bit('detractor_open') };
    const risk = { flags: { detractor_open: { count: { critical: 9 } } } };
    const [row] = triaged({ account, risk, past: [cleared('2026-11-21')] });
    expect(row).toMatchObject({ severity: 'critical', state: 'reopened', quietBecause: null });
  });

  test('not once it is cleared', () => {
    const account = { openPlayDrivers: bit('detractor_open') };
    expect(triaged({ account, past: [openDetractor] })[0]).toMatchObject({ quietBecause: null });
  });
});
