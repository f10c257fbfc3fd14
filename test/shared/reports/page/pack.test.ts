import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toDay } from '../../../../shared/basics/day.ts';
import { packAccounts } from '../../../../shared/reports/page/pack.ts';
import { packReceipts } from '../../../../shared/reports/page/pack-receipts.ts';
import type { PageAccount, ReceiptLine } from '../../../../shared/reports/page/report.ts';
import { unpackAccounts, unpackReceipt } from '../../../../shared/reports/page/unpack.ts';
import { hostileTexts, manyAccounts, pageAccount } from './sample-report.ts';

/** Words and numbers as evidence has them: leading zeros, dates, long digits, nothing at all. */
const words = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ' of ',
        'seats',
        '007',
        '2026-09-08',
        '1,200',
        '0',
        '0.5',
        '',
        '12345678901234567890',
      ),
      fc.nat().map(String),
      fc.constantFrom('株式', '👩‍👩‍👧', 'é'),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(' '));

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const tenths = fc.integer({ min: -1000, max: 1000 }).map((value) => value / 10);

const receiptLine: fc.Arbitrary<ReceiptLine> = fc.record({
  measure: fc.constantFrom('seat_use', 'nps', 'csat'),
  ...{ value: maybe(words), points: maybe(tenths), weight: tenths },
  ...{ contribution: maybe(tenths), reason: maybe(words) },
});

const account: fc.Arbitrary<PageAccount> = fc.record({
  ...{ accountId: words, name: maybe(words), segment: words, ownerName: maybe(words) },
  ...{ ownerEmail: maybe(words), region: maybe(words), lifecycle: words, driver: maybe(words) },
  arrCents: fc.maxSafeNat(),
  score: maybe(tenths),
  band: fc.constantFrom('green', 'yellow', 'red', 'unscored'),
  change28: maybe(tenths),
  renewalOn: maybe(fc.constant(toDay('2027-01-08'))),
  coverage: maybe(tenths),
  gate: maybe(fc.record({ effect: tenths, reason: words })),
  note: maybe(words),
  flags: fc.array(fc.record({ signal: words, severity: words, evidence: words }), { maxLength: 3 }),
  receipt: maybe(fc.array(receiptLine, { maxLength: 5 })),
});

/** As it comes out of the page: through JSON. */
const carried = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value));

describe('what the page carries', () => {
  test('comes out as it went in', () => {
    fc.assert(
      fc.property(fc.array(account, { maxLength: 6 }), (accounts) => {
        const lines = accounts.map(({ receipt: _, ...line }) => line);
        expect(unpackAccounts(carried(packAccounts(accounts)))).toEqual(lines);
        const receipts = carried(packReceipts(accounts));
        expect(accounts.map((_, place) => unpackReceipt(receipts, place))).toEqual(
          accounts.map(({ receipt }) => receipt),
        );
      }),
    );
  });

  test.each(hostileTexts.map((text) => [JSON.stringify(text).slice(0, 40), text]))(
    'is plain and short, whatever stands in it: %s',
    (_, text) => {
      const hostile = pageAccount({ accountId: text, name: text, note: text });
      const [line] = unpackAccounts(carried(packAccounts([hostile])));
      for (const told of [line?.accountId, line?.name, line?.note]) {
        expect([...(told ?? '')].length).toBeLessThanOrEqual(240);
        expect(told).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Surrogate}]/u);
      }
    },
  );

  test('holds receipts until they are too many; the first accounts keep theirs', () => {
    const accounts = manyAccounts(40);
    const packed = packReceipts(accounts, 10_000);
    const kept = packed.receipts.filter((receipt) => receipt !== null).length;
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(40);
    expect(unpackReceipt(packed, kept - 1)).toEqual(accounts[kept - 1]?.receipt);
    expect(unpackReceipt(packed, kept)).toBeNull();
    expect(JSON.stringify(packed).length).toBeLessThan(20_000);
  });
});
