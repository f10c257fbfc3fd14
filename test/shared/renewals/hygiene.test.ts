import { describe, expect, test } from 'vitest';
import { configSchema } from '../../../shared/config/schema.ts';
import type { Standing } from '../../../shared/renewals/clock.ts';
import { hygieneFor, type Record } from '../../../shared/renewals/hygiene.ts';
import type { Opportunity } from '../../../shared/renewals/opportunity.ts';
import { epoch } from '../../kit/contract-lines.ts';

const policy = configSchema.shape.renewals.parse(undefined);
const asOf = epoch('2026-11-22');
const open: Standing = {
  decision: asOf + 50,
  state: 'open',
  how: 'ahead',
  decidedOn: null,
  says: '',
};

const sound: Opportunity = {
  ...{ opportunityId: 'O-1', contractId: 'K-1', stage: 'Proposal', amount: 1200, currency: 'USD' },
  ...{ closeOn: asOf + 40, outcome: null, probability: 0.7, category: null },
  ...{ stageSince: asOf - 10, nextStep: 'call the sponsor' },
};

const record = (change: Partial<Record> = {}): Record => ({
  ...{ standing: open, clock: asOf + 50, autoRenew: false, due: 120_000, opportunity: sound },
  ...{ amount: 120_000, stage: 'proposal', stageSince: asOf - 10, isToldElsewhere: false },
  ...change,
});
const deal = (change: Partial<Opportunity>) => record({ opportunity: { ...sound, ...change } });

const desk = { policy, asOf, currency: 'USD', hasOpportunities: true, hasNextStep: true };
const found = (of: Record, change: Partial<typeof desk> = {}) =>
  hygieneFor({ ...desk, ...change })(of).map(({ finding, says }) => `${finding}: ${says}`);

describe('the record of a renewal', () => {
  test.each([
    ['sound', record(), []],
    [
      'no opportunity inside 90 days',
      record({ opportunity: null }),
      ['no_opportunity: no opportunity, and 50 days are left; one is expected 90 days before'],
    ],
    ['none yet, 91 days off', record({ opportunity: null, clock: asOf + 91 }), []],
    [
      'none of its own, but one of the account',
      record({ opportunity: null, isToldElsewhere: true }),
      [],
    ],
    ['none, and it renews by itself', record({ opportunity: null, autoRenew: true }), []],
    ['no next step', deal({ nextStep: '  ' }), ['no_next_step: no next step is written down']],
    [
      'a close date in the past',
      deal({ closeOn: asOf - 3 }),
      ['close_date_past: open, with a close date of 2026-11-19, 3 days ago'],
    ],
    ['closes today', deal({ closeOn: asOf }), []],
    ['an amount within the tolerance', record({ amount: 122_400 }), []],
    [
      'another amount',
      record({ amount: 122_401 }),
      ['amount_differs: amount $1.22K, and $1.2K is up for renewal'],
    ],
    ['an amount that is not known', record({ amount: null }), []],
    [
      'in its stage for too long',
      record({ stageSince: asOf - 61 }),
      ['stage_too_old: in proposal for 61 days; 60 at most'],
    ],
    [
      'too much hope for its stage',
      deal({ probability: 0.9 }),
      ['probability_against_stage: 90 % in proposal, which stands for 25 % to 85 %'],
    ],
    [
      'a stage nobody knows',
      record({ stage: 'unmapped', opportunity: { ...sound, stage: 'Wait\u202ehere' } }),
      ['unknown_stage: stage “Waithere” is none of renewals.stages'],
    ],
    [
      'won, and no contract',
      deal({ outcome: 'won' }),
      ['won_without_contract: won on 2027-01-01, and no contract line renews it yet'],
    ],
    [
      'lost, and it renews by itself',
      record({ autoRenew: true, opportunity: { ...sound, outcome: 'lost' } }),
      [
        'lost_without_notice: lost on 2027-01-01, but it renews by itself and no notice is recorded',
      ],
    ],
    ['lost, and it just ends', deal({ outcome: 'lost' }), []],
    ['decided', record({ standing: { ...open, state: 'renewed' }, opportunity: null }), []],
  ])('%s', (_, of, expected) => {
    expect(found(of)).toEqual(expected);
  });

  test('nothing is missed of what the warehouse does not have', () => {
    expect(found(record({ opportunity: null }), { hasOpportunities: false })).toEqual([]);
    expect(found(deal({ nextStep: null }), { hasNextStep: false })).toEqual([]);
  });
});
