import { describe, expect, test } from 'vitest';
import { toDay } from '../../../shared/basics/day.ts';
import { goneFlagRow, riskFlagRow } from '../../../shared/jobs/risk-rows.ts';
import { aRiskFlag } from './a-risk-flag.ts';

const asOf = toDay('2026-11-29');

describe('the flag of an account that is no longer in accounts', () => {
  test('is cleared, and nothing is to be done about it', () => {
    const row = riskFlagRow({ ...aRiskFlag, quietBecause: 'play open' });
    expect(goneFlagRow(row, asOf)).toEqual({
      ...row,
      state: 'cleared',
      cleared_on: asOf,
      cleared_because: 'the account is no longer in accounts',
      days_open: 7,
      ...{ play: null, play_name: null, actions: null },
      ...{ play_owner_email: null, play_owner_reason: null, due_on: null },
      quiet_because: null,
    });
  });

  test('shows what was last observed, where it could not be asked before', () => {
    const evidence = 'not confirmed: usage_daily is stale; last: No sessions in 12 weeks';
    const unconfirmed = 'usage_daily is stale';
    const row = riskFlagRow({ ...aRiskFlag, state: 'ongoing', evidence, unconfirmed });
    expect(goneFlagRow(row, asOf)).toMatchObject({
      evidence: 'No sessions in 12 weeks',
      unconfirmed: null,
    });
  });
});
