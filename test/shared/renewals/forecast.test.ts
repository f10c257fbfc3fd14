import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { configSchema } from '../../../shared/config/schema.ts';
import type { Standing } from '../../../shared/renewals/clock.ts';
import { forecasterFor } from '../../../shared/renewals/forecast.ts';
import { horizonOf } from '../../../shared/renewals/horizon.ts';
import { observationsOf } from '../../../shared/renewals/observations.ts';
import { assigned, type Opportunity, opportunityOf } from '../../../shared/renewals/opportunity.ts';
import { type Observation, rateTally } from '../../../shared/renewals/renewal-rates.ts';
import { epoch } from '../../kit/contract-lines.ts';
import { renewalLine } from '../../kit/renewal-lines.ts';

const renewals = configSchema.shape.renewals.parse(undefined);
const policy = renewals.forecast;
const asOf = epoch('2026-11-22');

const seen = (change: Partial<Observation> = {}): Observation => ({
  ...{ band: 'unscored', segment: 'smb', horizon: '60', due: 1000, kept: 1000 },
  ...change,
});

const ratesOf = (observations: readonly Observation[], daysOfBands: number | null = null) => {
  const tally = rateTally(policy);
  for (const one of observations) tally.add(one);
  return tally.finish({ daysOfBands });
};
const times = (count: number, change: Partial<Observation>) =>
  Array.from({ length: count }, () => seen(change));

describe('the rate of the past', () => {
  test('is shrunk to the whole: 10 of a segment that kept half, 30 of others that kept all', () => {
    const rates = ratesOf([
      ...times(10, { segment: 'smb', kept: 500 }),
      ...times(30, { segment: 'mid' }),
    ]);
    // The whole keeps 35/40; (10 · 0.5 + 20 · 0.875) / (10 + 20) = 0.75.
    expect(rates.rate('unscored', 'smb', '60')).toMatchObject({
      ...{ probability: 0.75, basis: 'observed', n: 40, renewals: 10, observed: 0.5, whole: 0.875 },
    });
    expect(rates.rate('unscored', 'enterprise', '60')).toMatchObject({
      probability: 0.875,
      renewals: 0,
    });
  });

  test.each([
    [
      'too few of them',
      times(29, {}),
      'unscored',
      null,
      /29 renewals of the past .* fewer than 30/,
    ],
    ['at another horizon', times(40, { horizon: '30' }), 'unscored', null, /0 renewals/],
    [
      'with health, less than a year of it',
      times(40, { band: 'red' }),
      'red',
      364,
      /there are 364 days/,
    ],
    ['with health, none yet', times(40, { band: 'red' }), 'red', null, /there are none yet/],
  ] as const)('starting table: %s', (_, observations, band, days, because) => {
    const found = ratesOf(observations, days).rate(band, 'smb', '60');
    expect(found).toMatchObject({
      basis: 'starting_table',
      probability: policy.starting_table[band]['60'],
    });
    expect(found.because).toMatch(because);
  });

  test('with health, after a year of it', () => {
    const rates = ratesOf(times(40, { band: 'red', kept: 300 }), 365);
    expect(rates.rate('red', 'smb', '60')).toMatchObject({ basis: 'observed', probability: 0.3 });
  });

  test('lies between what the segment and the whole have kept', () => {
    const observation = fc.record({
      kept: fc.integer({ min: 0, max: 1000 }),
      segment: fc.constantFrom('smb', 'mid'),
    });
    fc.assert(
      fc.property(fc.array(observation, { minLength: 30, maxLength: 60 }), (list) => {
        const found = ratesOf(list.map((one) => seen(one))).rate('unscored', 'smb', '60');
        const whole = found.whole ?? 0;
        const own = found.observed ?? whole;
        expect(found.probability).toBeGreaterThanOrEqual(Math.min(own, whole) - 1e-4);
        expect(found.probability).toBeLessThanOrEqual(Math.max(own, whole) + 1e-4);
      }),
    );
  });

  test('every horizon has its days', () => {
    const days = [121, 120, 91, 90, 61, 60, 31, 30, 0, -1];
    const names = ['over_120', '120', '120', '90', '90', '60', '60', '30', '30', 'past'];
    expect(days.map((left) => horizonOf(left, false))).toEqual(names);
    expect(horizonOf(-10, true)).toBe('late');
  });
});

describe('what an ended term tells', () => {
  const line = renewalLine('2025-09-01', '2026-09-01');
  const standing = (change: Partial<Standing> = {}): Standing => ({
    ...{ decision: line.end, state: 'renewed', how: 'on_time', decidedOn: line.end - 45, says: '' },
    ...change,
  });
  const window = { asOf, historyDays: 730, lateGraceDays: 30 };
  const horizons = (found: Standing, within = window, ended = line) =>
    [
      ...observationsOf(
        { line: ended, standing: found, segment: 'smb', due: 10, kept: 10 },
        within,
      ),
    ].map(({ horizon }) => horizon);

  test.each([
    ['signed 45 days before, it was open until then', standing(), ['over_120', '120', '90', '60']],
    [
      'lapsed, it was open all along',
      standing({ state: 'lapsed', decidedOn: line.end + 30 }),
      ['over_120', '120', '90', '60', '30', 'late'],
    ],
    ['a notice of long before', standing({ state: 'cancelled', decidedOn: line.start + 10 }), []],
    ['still open', standing({ state: 'late', decidedOn: null }), []],
    ['amended away', standing({ state: 'amended' }), []],
  ] as const)('%s', (_, found, expected) => {
    expect(horizons(found)).toEqual(expected);
  });

  test('within the grace, and beyond the history, it tells nothing', () => {
    expect(horizons(standing(), { ...window, asOf: line.end + 29 })).toEqual([]);
    expect(horizons(standing(), { ...window, asOf: line.end + 730 })).toEqual([]);
  });

  test('a term of a month was never 60 days from its end', () => {
    const month = renewalLine('2026-08-01', '2026-09-01');
    const lapsed = standing({ state: 'lapsed', decidedOn: line.end + 30 });
    expect(horizons(lapsed, window, month)).toEqual(['30', 'late']);
  });
});

const deal = (change: Partial<Opportunity> = {}): Opportunity => ({
  ...{ opportunityId: 'O-1', contractId: 'K-1', stage: 'Proposal', amount: 12, currency: 'USD' },
  ...{ closeOn: epoch('2027-01-01'), outcome: null, probability: 0.8, category: null },
  ...{ stageSince: null, nextStep: 'call' },
  ...change,
});

describe('the forecast of a renewal', () => {
  const rates = ratesOf([]);
  const forecast = forecasterFor(renewals, rates, asOf);
  const open: Standing = {
    decision: asOf + 50,
    state: 'open',
    how: 'ahead',
    decidedOn: null,
    says: 'ahead',
  };
  const subject = {
    standing: open,
    segment: 'smb',
    band: 'green',
    due: 10_000,
    renewed: null,
    opportunity: null,
  } as const;

  test.each([
    [
      'green',
      {},
      {
        category: 'commit',
        probability: 0.95,
        expected: 9500,
        basis: 'starting_table',
        stage: 'not_opened',
      },
    ],
    ['yellow', { band: 'yellow' }, { category: 'best_case', expected: 7800 }],
    ['red', { band: 'red' }, { category: 'at_risk', expected: 4200 }],
    [
      'renewed for more',
      { standing: { ...open, state: 'renewed' }, renewed: 12_000 },
      {
        category: 'won',
        probability: 1,
        expected: 10_000,
        upsell: 2000,
        basis: 'decided',
        stage: 'won',
      },
    ],
    [
      'renewed for less',
      { standing: { ...open, state: 'renewed' }, renewed: 6000 },
      { category: 'won', probability: 0.6, expected: 6000, upsell: 0 },
    ],
    [
      'cancelled',
      { standing: { ...open, state: 'cancelled' } },
      { category: 'lost', probability: 0, expected: 0, stage: 'lost' },
    ],
    [
      'its opportunity lost',
      { opportunity: deal({ outcome: 'lost' }) },
      { category: 'lost', expected: 0, basis: 'decided', stage: 'lost', csmProbability: null },
    ],
    [
      'its opportunity won, no contract yet',
      { opportunity: deal({ outcome: 'won' }) },
      { category: 'commit', probability: 1, expected: 10_000, stage: 'won' },
    ],
    [
      'a stage as the CRM writes it',
      { opportunity: deal({ stage: ' proposal ' }) },
      { stage: 'proposal', csmProbability: 0.8, disagreement: null },
    ],
    ['a stage nobody knows', { opportunity: deal({ stage: 'Waiting' }) }, { stage: 'unmapped' }],
    [
      'the owner sees it otherwise',
      { band: 'red', opportunity: deal({ probability: 0.9, category: 'commit' }) },
      {
        probability: 0.42,
        disagreement: 'its owner says 90 %, commit; the starting table says 42 %, at risk',
      },
    ],
  ] as const)('%s', (_, change, expected) => {
    expect(forecast({ ...subject, ...change })).toMatchObject(expected);
  });

  test('what the owner says never enters the figure', () => {
    fc.assert(
      fc.property(fc.option(fc.double({ min: 0, max: 1, noNaN: true })), (probability) => {
        const said = forecast({
          ...subject,
          opportunity: deal({ probability, category: 'at_risk' }),
        });
        const unsaid = forecast({ ...subject, opportunity: deal({ probability: null }) });
        expect(said.expected).toBe(unsaid.expected);
        expect(said.probability).toBe(unsaid.probability);
      }),
    );
  });

  test('expected and upsell are never negative, and expected never beyond what is due', () => {
    const state = fc.constantFrom('open', 'late', 'renewed', 'cancelled', 'lapsed');
    fc.assert(
      fc.property(state, fc.nat(1e9), fc.option(fc.nat(1e9)), (named, due, renewed) => {
        const standing = { ...open, state: named as Standing['state'] };
        const found = forecast({ ...subject, standing, due, renewed });
        expect(found.expected).toBeGreaterThanOrEqual(0);
        expect(found.expected).toBeLessThanOrEqual(due);
        expect(found.upsell).toBeGreaterThanOrEqual(0);
        expect(found.probability).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('which opportunity tells of it', () => {
  const term = { contractId: 'K-1', start: epoch('2026-01-01'), end: epoch('2027-01-01') };
  const closed = (day: string) => ({ outcome: 'won', closeOn: epoch(day) }) as const;

  test.each([
    [
      'the open one before the closed',
      [deal(closed('2026-11-01')), deal({ opportunityId: 'O-2' })],
      'O-2',
    ],
    ['of another contract: none', [deal({ contractId: 'K-9' })], null],
    ['closed before the term began: of the last renewal', [deal(closed('2025-12-20'))], null],
    [
      'closed late, in the first days of the term: of the last too',
      [deal(closed('2026-01-06'))],
      null,
    ],
    ['closed in its second half', [deal(closed('2026-07-03'))], 'O-1'],
    ['closed long after the end', [deal(closed('2027-05-02'))], null],
    [
      'the one that closes last',
      [deal(), deal({ opportunityId: 'O-2', closeOn: epoch('2027-02-01') })],
      'O-2',
    ],
  ] as const)('%s', (_, deals, id) => {
    expect(opportunityOf(term, deals)?.opportunityId ?? null).toBe(id);
  });

  const addOn = { contractId: 'K-2', start: epoch('2026-01-01'), end: epoch('2027-01-01') };
  const later = { contractId: 'K-3', start: epoch('2026-06-01'), end: epoch('2027-06-01') };
  const unnamed = (day: string, change: Partial<Opportunity> = {}) =>
    deal({ contractId: null, closeOn: epoch(day), ...change });
  const givenTo = (deals: readonly Opportunity[]) =>
    assigned(deals, [later, addOn, term]).map(({ contractId }) => contractId);

  test.each([
    ['the renewal that ends nearest', [unnamed('2027-05-20')], ['K-3']],
    ['of two on one day the first by id, and not both', [unnamed('2026-12-20')], ['K-1']],
    ['not one that is told of by name', [deal(), unnamed('2026-12-20')], ['K-1', 'K-2']],
    [
      'the first that ends, where it names no day',
      [unnamed('2026-12-20', { closeOn: null })],
      ['K-1'],
    ],
  ] as const)('one that names no contract is of %s', (_, deals, ids) => {
    expect(givenTo(deals)).toEqual(ids);
  });
});
