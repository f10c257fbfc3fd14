import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Day, toDay } from '../../../shared/basics/day.ts';
import { domainEvent } from '../../../shared/events/domain-event.ts';
import type { EventData } from '../../../shared/events/event-types.ts';

const asOf = toDay('2026-11-22');
const later = toDay('2026-11-23');

const cleared: EventData<'ChurnRiskCleared'> = {
  ...{ accountId: 'A-1', flag: 'competitor', raisedOn: '2026-11-01', because: 'it is over' },
};

const milestone: EventData<'RenewalMilestoneReached'> = {
  ...{ renewalId: 'R-1', contractId: 'C-1', accountId: 'A-1', milestoneDays: 90 },
  ...{ milestoneOn: '2026-11-20', decisionOn: '2027-02-18', termEnd: '2027-03-20' },
  ...{ arrCents: 100, currency: 'USD', segment: 'smb', ownerEmail: null, readinessScore: null },
  isLate: true,
};

interface Told {
  readonly asOf?: Day;
  readonly subject?: string;
  readonly key?: string;
  readonly because?: string;
}

const clearedId = ({ because = 'it is over', ...fact }: Told = {}) =>
  domainEvent(
    'ChurnRiskCleared',
    { asOf, subject: 'A-1', key: 'competitor', ...fact },
    { ...cleared, because },
  ).event_id;

const milestoneId = (fact: Told = {}) =>
  domainEvent('RenewalMilestoneReached', { asOf, subject: 'R-1', key: '90', ...fact }, milestone)
    .event_id;

describe('the id of an event', () => {
  test.each<[string, string, string, boolean]>([
    ['the same fact', clearedId(), clearedId(), true],
    ['the same fact in other words', clearedId(), clearedId({ because: 'corrected' }), true],
    ['another day', clearedId(), clearedId({ asOf: later }), false],
    ['another account', clearedId(), clearedId({ subject: 'A-2' }), false],
    ['another flag', clearedId(), clearedId({ key: 'silence' }), false],
    ['another type', clearedId(), milestoneId({ subject: 'A-1', key: 'competitor' }), false],
    ['a milestone on a later day', milestoneId(), milestoneId({ asOf: later }), true],
    ['another milestone', milestoneId(), milestoneId({ key: '60' }), false],
    ['the milestone of another renewal', milestoneId(), milestoneId({ subject: 'R-2' }), false],
  ])('%s', (_, one, other, isSame) => {
    expect(one === other).toBe(isSame);
    expect(one).toMatch(/^[0-9a-f]{32}$/);
  });

  test('stays as it is: consumers keep ids for longer than a release lasts', () => {
    expect([clearedId(), milestoneId()]).toEqual(FIXED);
  });

  test('never runs subject and key together', () => {
    fc.assert(
      fc.property(fc.tuple(fc.string(), fc.string(), fc.string(), fc.string()), (words) => {
        const [subject, key, otherSubject, otherKey] = words;
        const isSame = subject === otherSubject && key === otherKey;
        const one = clearedId({ subject, key });
        expect(one === clearedId({ subject: otherSubject, key: otherKey })).toBe(isSame);
      }),
    );
  });
});

const FIXED = ['2da046d0fcc256099fadc1e9203ddc05', 'c127a10a404e64353d8f23ee456c486f'];

describe('what an event says', () => {
  test('is the same text whatever the order it was said in', () => {
    const backwards = Object.fromEntries(Object.entries(cleared).reverse()) as typeof cleared;
    const fact = { asOf, subject: 'A-1', key: 'competitor' };
    expect(domainEvent('ChurnRiskCleared', fact, backwards)).toEqual(
      domainEvent('ChurnRiskCleared', fact, cleared),
    );
  });

  test.each<[string, object]>([
    ['a field too many', { name: 'Corvid Bank' }],
    ['a field that is missing', { flag: undefined }],
    ['a day that is none', { raisedOn: '2026-02-30' }],
  ])('%s stops the run', (_, change) => {
    const said = { ...cleared, ...change } as typeof cleared;
    expect(() => domainEvent('ChurnRiskCleared', { asOf, subject: 'A-1' }, said)).toThrow();
  });
});
