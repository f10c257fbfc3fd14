import { describe, expect, test } from 'vitest';
import { addDays, type Day, daysBetween, toDay } from '../../../shared/basics/day.ts';
import { riskField } from '../../../shared/config/risk.ts';
import { configSchema } from '../../../shared/config/schema.ts';
import type { AccountRow } from '../../../shared/features/account-row.ts';
import type { Band } from '../../../shared/health/band.ts';
import type { RiskFlag } from '../../../shared/risk/triage.ts';
import { nextWarRoom, type PastWarRoom, type WarRoom } from '../../../shared/risk/war-room.ts';
import { healthyAccount } from '../../kit/healthy-account.ts';
import { aRiskFlag } from './a-risk-flag.ts';

const segment = configSchema.shape.segments.parse(undefined)[0];
if (segment === undefined) throw new Error('no segment');
const policy = riskField.parse({});
const start = toDay('2026-11-01');
const critical: RiskFlag = { ...aRiskFlag, severity: 'critical' };

interface Today {
  readonly asOf?: Day;
  readonly band?: Band;
  readonly riskFlags?: readonly RiskFlag[];
  readonly account?: Partial<AccountRow>;
  readonly past?: PastWarRoom | null;
  readonly segments?: string[];
}

const warRoom = ({ asOf = start, band = 'green', riskFlags = [], ...rest }: Today) =>
  nextWarRoom(
    { ...healthyAccount, asOf, ...rest.account },
    { placement: { segment }, health: { band }, riskFlags },
    rest.past ?? null,
    rest.segments ? riskField.parse({ war_room: { segments: rest.segments } }) : policy,
  );

describe('a war room opens', () => {
  test('for a strategic account that is red, with an owner, a rhythm and a way out', () => {
    expect(warRoom({ band: 'red', riskFlags: [critical, aRiskFlag] })).toEqual({
      accountId: 'A-1',
      name: 'Meridian Retail',
      openedOn: start,
      state: 'open',
      ownerEmail: 'm.okafor@harbourline.example',
      rhythm: 'daily for 15 minutes, weekly with the executive sponsor',
      reasons: 'band red; usage_decline: Sessions fell to 61 a week against 140 usual (−56 %)',
      exitCriteria: 'band green or yellow and no critical flag, for 14 days in a row',
      criteriaMetSince: null,
      dayCount: 1,
      arrCents: 24_000_000,
    });
  });

  const plain = { account: { strategic: null } };
  test.each<[string, Today, boolean]>([
    ['for a critical flag alone', { riskFlags: [critical] }, true],
    ['not for a lesser flag', { riskFlags: [aRiskFlag] }, false],
    [
      'not for a critical flag that cleared',
      { riskFlags: [{ ...critical, state: 'cleared' }] },
      false,
    ],
    ['not without a known band', { band: 'unscored' }, false],
    ['not for another account', { band: 'red', ...plain }, false],
    ['for one of a strategic segment', { band: 'red', ...plain, segments: ['enterprise'] }, true],
  ])('%s', (_, today, opens) => expect(warRoom(today) !== null).toBe(opens));

  test('under the CSM where there is no manager', () => {
    const room = warRoom({ band: 'red', account: { managerEmail: null } });
    expect(room?.ownerEmail).toBe('l.fischer@harbourline.example');
  });
});

/** The room after runs on some days, each of which knows the last one's row alone. */
const replay = (runs: readonly (readonly [day: number, today: Today])[]): WarRoom | null =>
  runs.reduce<WarRoom | null>(
    (past, [day, today]) => warRoom({ ...today, asOf: addDays(start, day), past }),
    null,
  );
const red: Today = { band: 'red' };
const calm: Today = {};
const unscored: Today = { band: 'unscored' };

describe('a war room closes', () => {
  test.each<[string, [number, Today][], WarRoom['state'] | null, number | null]>([
    [
      'not on the first calm day',
      [
        [0, red],
        [1, calm],
      ],
      'exit_pending',
      1,
    ],
    [
      'not after thirteen more',
      [
        [0, red],
        [1, calm],
        [14, calm],
      ],
      'exit_pending',
      1,
    ],
    [
      'after fourteen',
      [
        [0, red],
        [1, calm],
        [15, calm],
      ],
      'closed',
      1,
    ],
    [
      'after more, when runs were left out',
      [
        [0, red],
        [1, calm],
        [30, calm],
      ],
      'closed',
      1,
    ],
    [
      'not when it was red in between',
      [
        [0, red],
        [1, calm],
        [9, red],
        [15, calm],
      ],
      'exit_pending',
      15,
    ],
    [
      'not while red',
      [
        [0, red],
        [1, calm],
        [2, red],
      ],
      'open',
      null,
    ],
    [
      'not on a day without a known band',
      [
        [0, red],
        [1, calm],
        [15, unscored],
      ],
      'exit_pending',
      1,
    ],
    [
      'nor does such a day begin the count',
      [
        [0, red],
        [1, unscored],
      ],
      'open',
      null,
    ],
    [
      'nor does it end it',
      [
        [0, red],
        [1, calm],
        [9, unscored],
        [15, calm],
      ],
      'closed',
      1,
    ],
    [
      'once: then it is forgotten',
      [
        [0, red],
        [1, calm],
        [15, calm],
        [16, calm],
      ],
      null,
      null,
    ],
    [
      'and opens anew',
      [
        [0, red],
        [1, calm],
        [15, calm],
        [16, red],
      ],
      'open',
      null,
    ],
    [
      'not because the account is strategic no more',
      [
        [0, red],
        [1, { band: 'red', account: { strategic: false } }],
      ],
      'open',
      null,
    ],
  ])('%s', (_, runs, state, since) => {
    const room = replay(runs);
    expect(room?.state ?? null).toBe(state);
    const metSince = room?.criteriaMetSince ?? null;
    expect(metSince === null ? null : daysBetween(start, metSince)).toBe(since);
  });

  test('at once when the account has left', () => {
    const left: Today = { account: { arrCents: 0, liveLines: 0 }, band: 'unscored' };
    const room = replay([
      [0, red],
      [3, left],
    ]);
    expect(room).toMatchObject({ state: 'closed', reasons: 'no live contract', dayCount: 4 });
  });

  test('and shows what it was about until the end', () => {
    expect(
      replay([
        [0, red],
        [1, calm],
        [15, calm],
      ])?.reasons,
    ).toBe('band red');
  });
});
