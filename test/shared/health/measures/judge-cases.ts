import { describe, expect, test } from 'vitest';
import type { Day } from '../../../../shared/basics/day.ts';
import {
  type DimensionId,
  defaultDimensions,
  type MeasureId,
} from '../../../../shared/config/default-model.ts';
import type { AccountRow } from '../../../../shared/features/account-row.ts';
import type { MeasureContext, Verdict } from '../../../../shared/health/measure.ts';
import { measures } from '../../../../shared/health/measures/index.ts';
import { healthyAccount } from '../../../kit/healthy-account.ts';
import { sinceEver } from '../../../kit/scorer.ts';

/** A measure, what is special, how the healthy account differs, what is made of it, and since when its feeds are. */
export type Case = [MeasureId, string, Partial<AccountRow>, Verdict, since?: Day];

/** Healthy accounts are to be talked with once a month. */
export const monthly: MeasureContext = { touchDays: 30, since: sinceEver };

/** Tries the cases of a dimension, and that none of its measures goes without. */
export const judgeCases = (dimension: DimensionId, cases: readonly Case[]) =>
  describe(`measures of ${dimension}`, () => {
    test.each(cases)('%s: %s', (id, _, change, verdict, begun) => {
      const context = begun === undefined ? monthly : { ...monthly, since: () => begun };
      expect(measures[id].judge({ ...healthyAccount, ...change }, context)).toEqual(verdict);
    });

    test('each has a case for what it observes', () => {
      const tried = cases.filter(([, , , { status }]) => status === 'observed').map(([id]) => id);
      const ids = Object.keys(defaultDimensions[dimension].measures);
      expect([...new Set(tried)].sort()).toEqual(ids.sort());
    });
  });
