import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { copyNotes, escalatedTo } from '../../../shared/reports/digest-copies.ts';
import { escalationOf } from '../../../shared/reports/digest-escalation.ts';
import { plainWords } from '../../../shared/reports/mail-text.ts';

const steps = [120, 90, 60, 30];
const item = { title: 'EBR held', weight: 10, isOverdue: true };

describe('a manager has to know of a renewal', () => {
  test.each([
    ['at risk at the last', 30, 'at_risk', [], 'is at risk at its 30-day milestone'],
    ['at risk at the last but one', 60, 'at_risk', [], 'is at risk at its 60-day milestone'],
    ['at risk early on', 90, 'at_risk', [], null],
    [
      'lost, with no notice',
      60,
      'lost',
      [],
      'lost its opportunity, with no notice known, and is at its 60-day milestone',
    ],
    ['lost early on', 120, 'lost', [], null],
    ['in best case at the last', 30, 'best_case', [], null],
    [
      'a heavy item overdue at the last',
      30,
      'commit',
      [item],
      'is at its 30-day milestone, its last, with “EBR held” overdue',
    ],
    ['a heavy item overdue at the last but one', 60, 'commit', [item], null],
    ['a light item overdue at the last', 30, 'commit', [{ ...item, weight: 9.9 }], null],
    ['a heavy item that is not overdue', 30, 'commit', [{ ...item, isOverdue: false }], null],
    ['no forecast', 30, null, [], null],
  ] as const)('%s', (_, milestoneDays, category, items, reason) => {
    expect(escalationOf({ milestoneDays, category, items }, steps)).toBe(reason);
  });

  test('by the milestones of its own segment', () => {
    const atRisk = { milestoneDays: 90, category: 'at_risk', items: [] };
    expect(escalationOf(atRisk, [180, 90])).toBe('is at risk at its 90-day milestone');
    expect(escalationOf(atRisk, [90])).not.toBeNull();
    expect(escalationOf(atRisk, [180, 120, 90, 60, 30])).toBeNull();
  });

  test('the nearer the end the more, never the less', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 200 }), { minLength: 1 }),
        fc.constantFrom('at_risk', 'lost', 'commit', null),
        fc.array(fc.record({ ...{ weight: fc.nat(20), isOverdue: fc.boolean() } })),
        (days, category, found) => {
          const items = found.map((one) => ({ title: 'x', ...one }));
          const told = days
            .toSorted((a, b) => b - a)
            .map((milestoneDays) => escalationOf({ milestoneDays, category, items }, days));
          const first = told.findIndex((reason) => reason !== null);
          expect(told.slice(Math.max(0, first)).includes(null)).toBe(first === -1);
        },
      ),
    );
  });
});

describe('who is copied', () => {
  const escalation = (name: string, managerEmail: string | null) => ({
    ...{ name, managerEmail },
    because: 'is at risk at its 30-day milestone',
  });
  const copied = (...escalations: ReturnType<typeof escalation>[]) => {
    const escalated = { recipient: 'L.Fischer@harbourline.example', escalations };
    return {
      to: escalatedTo(escalated).map(({ manager }) => manager),
      notes: copyNotes(escalated).map(plainWords),
    };
  };

  test('each manager once, and the mail says why', () => {
    const { to, notes } = copied(
      escalation('Kestrel', 'm.okafor@harbourline.example'),
      escalation('Corvid', 'M.Okafor@harbourline.example'),
      escalation('Bluefin', 'petra.lind@harbourline.example'),
    );
    expect(to).toEqual(['m.okafor@harbourline.example', 'petra.lind@harbourline.example']);
    expect(notes).toEqual([
      'Copied to M. Okafor because Kestrel is at risk at its 30-day milestone; Corvid is at risk at its 30-day milestone.',
      'Copied to Petra Lind because Bluefin is at risk at its 30-day milestone.',
    ]);
  });

  test('not whom it is written to, and nobody where no manager is known', () => {
    const { to, notes } = copied(
      escalation('Kestrel', 'l.fischer@harbourline.example'),
      escalation('Corvid', null),
    );
    expect(to).toEqual([]);
    expect(notes).toEqual([
      'Nobody is copied: Corvid is at risk at its 30-day milestone, but no manager stands on the account.',
    ]);
  });

  test('names three renewals and counts the rest', () => {
    const names = ['A', 'B', 'C', 'D', 'E'];
    const { notes } = copied(...names.map((name) => escalation(name, 'm.okafor@x.example')));
    expect(notes[0]).toMatch(/A is .*; B is .*; C is .*; 2 more alike\.$/);
  });
});
