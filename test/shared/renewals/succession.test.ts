import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RenewalLine } from '../../../shared/renewals/renewal-line.ts';
import { successions } from '../../../shared/renewals/succession.ts';
import { epoch } from '../../kit/contract-lines.ts';
import { renewalLine } from '../../kit/renewal-lines.ts';

const policy = { infer: true, infer_within_days: 45 };
const worthOf = ({ annual }: RenewalLine) => ({ due: annual * 100, first: annual * 100 });
const a = renewalLine('2025-01-01', '2026-01-01', { contractId: 'A' });

/** Who renews A, as `id link`. */
const whoRenews = (lines: readonly RenewalLine[], within = policy) => {
  const found = successions(lines, worthOf, within).get('A');
  return found === undefined ? null : `${found.line.contractId} ${found.link}`;
};
const b = (start: string, change: Parameters<typeof renewalLine>[2] = {}) =>
  renewalLine(start, '2027-01-01', { contractId: 'B', ...change });

describe('who renews whom', () => {
  test.each([
    ['the line that begins on the day', [a, b('2026-01-01')], 'B inferred'],
    ['a month of overlap', [a, b('2025-12-01')], 'B inferred'],
    ['more overlap is a purchase', [a, b('2025-11-30')], null],
    ['45 days late', [a, b('2026-02-15')], 'B inferred'],
    ['46 days late is another story', [a, b('2026-02-16')], null],
    ['of another account', [a, b('2026-01-01', { accountId: 'A-2' })], null],
    [
      'after a notice nothing is inferred',
      [
        renewalLine('2025-01-01', '2026-01-01', { contractId: 'A', cancelledOn: '2026-01-01' }),
        b('2026-01-01'),
      ],
      null,
    ],
    ['what never began renews nothing', [a, b('2026-01-01', { cancelledOn: '2026-01-01' })], null],
    [
      'a name counts before dates',
      [{ ...a, renewedBy: 'C' }, b('2026-01-01'), b('2026-01-01', { contractId: 'C' })],
      'C renewed_by',
    ],
    ['a name that is not there', [{ ...a, renewedBy: 'X' }, b('2026-01-01')], 'B inferred'],
    ['a name that begins before it', [{ ...a, renewedBy: 'B' }, b('2024-01-01')], null],
    [
      'the same product before the nearer day',
      [a, b('2026-01-01', { product: 'Other' }), b('2026-01-20', { contractId: 'C' })],
      'C inferred',
    ],
    [
      'another product, where there is no other',
      [a, b('2026-01-01', { product: 'Other' })],
      'B inferred',
    ],
  ] as const)('%s', (_, lines, renewedBy) => {
    expect(whoRenews(lines)).toBe(renewedBy);
  });

  test('nothing is inferred where the config says so', () => {
    expect(whoRenews([a, b('2026-01-01')], { infer: false, infer_within_days: 45 })).toBeNull();
  });

  test('one line renews one other, unless they are named', () => {
    const other = renewalLine('2025-02-01', '2026-01-01', { contractId: 'A2' });
    const found = successions([a, other, b('2026-01-01')], worthOf, policy);
    expect([...found.keys()]).toEqual(['A']);
  });
});

describe('what co-termed lines are renewed with', () => {
  test('is shared out by what each brought, to the cent', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 0, max: 200_000 }),
        (annuals, total) => {
          const ending = annuals.map((annual, at) => ({
            ...a,
            contractId: `A${at}`,
            annual,
            renewedBy: 'B',
          }));
          const found = successions(
            [...ending, b('2026-01-01', { annual: total })],
            worthOf,
            policy,
          );
          const parts = ending.map(({ contractId }) => found.get(contractId));
          expect(parts.reduce((sum, part) => sum + (part?.cents ?? 0), 0)).toBe(total * 100);
          expect(parts.every((part) => part?.coTermed === annuals.length)).toBe(true);
        },
      ),
    );
  });

  test('no line has two, and none renews itself, whatever the dates', () => {
    const anyLine = fc.record({
      start: fc.integer({ min: 0, max: 900 }),
      length: fc.integer({ min: 1, max: 400 }),
      next: fc.integer({ min: 0, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 9 }), (plans) => {
        const from = epoch('2024-01-01');
        const lines = plans.map(({ start, length, next }, at) => ({
          ...a,
          ...{ contractId: `L${at}`, start: from + start, end: from + start + length },
          renewedBy: next < plans.length && next !== at ? `L${next}` : null,
        }));
        for (const [id, { line }] of successions(lines, worthOf, policy)) {
          const renewed = lines.find(({ contractId }) => contractId === id);
          expect(line.start).toBeGreaterThan(renewed?.start ?? Number.POSITIVE_INFINITY);
        }
      }),
    );
  });
});
