import fc from 'fast-check';
import { addDays, type Day } from '../../../../shared/basics/day.ts';
import { type AccountRow, camelCase, features } from '../../../../shared/features/account-row.ts';
import type { FeatureType } from '../../../../shared/sources/source.ts';
import { healthyAccount } from '../../../kit/healthy-account.ts';

/** Days that matter to windows and limits, and such as only a slip of the pen makes. */
export const anyDay: fc.Arbitrary<Day> = fc.oneof(
  fc.integer({ min: -500, max: 130 }).map((days) => addDays(healthyAccount.asOf, days)),
  fc.constantFrom('1970-01-01' as Day, '9999-12-31' as Day),
);

/** What the warehouse could hand over, by the type of the feature. */
export const anyFeature: Readonly<Record<FeatureType, fc.Arbitrary<unknown>>> = {
  count: fc.oneof(fc.nat(5), fc.nat(200), fc.maxSafeNat()),
  cents: fc.oneof(fc.constant(0), fc.maxSafeNat()),
  number: fc.option(
    fc.oneof(fc.nat(5), fc.nat(200), fc.double({ min: 0, max: 1e15, noNaN: true })),
  ),
  text: fc.option(fc.string({ unit: 'binary' })),
  day: fc.option(anyDay),
  flag: fc.option(fc.boolean()),
};

/** Any account at all: every number, every gap, every day. */
export const anyAccount: fc.Arbitrary<AccountRow> = fc
  .record(Object.fromEntries(features.map(({ name, type }) => [camelCase(name), anyFeature[type]])))
  .map((values) => ({ ...healthyAccount, ...values }) as AccountRow);
