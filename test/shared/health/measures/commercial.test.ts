import { toDay } from '../../../../shared/basics/day.ts';
import { observed, unknown } from '../../../../shared/health/measure.ts';
import { judgeCases } from './judge-cases.ts';

judgeCases('commercial', [
  ['arr_trend', 'shrunk', { arrCents: 15_000_000 }, observed(0.75, 'ARR is 75 % of a year ago')],
  ['arr_trend', 'new this year', { arrYearAgoCents: 0 }, unknown('no contract a year ago')],
  ['discount_depth', 'deep', { deepestDiscountPct: 35 }, observed(35, 'deepest discount 35 %')],
  [
    'discount_depth',
    'not recorded',
    { deepestDiscountPct: null },
    unknown('no discount recorded on a live contract'),
  ],
  ['overdue_invoices', 'paid', {}, observed(0, 'nothing overdue, 4 invoices due in 365 days')],
  [
    'overdue_invoices',
    'owed',
    { invoicesOverdue: 2, oldestOverdueOn: toDay('2026-10-22') },
    observed(31, '2 invoices overdue, the oldest for 31 days'),
  ],
  [
    'overdue_invoices',
    'owed for longer than a year',
    { invoicesOverdue: 1, invoicesDue365d: 0, oldestOverdueOn: toDay('2025-11-21') },
    observed(366, '1 invoice overdue, the oldest for 366 days'),
  ],
  [
    'overdue_invoices',
    'nothing was ever due',
    { invoicesDue365d: 0 },
    unknown('no invoice due in 365 days'),
  ],
  ['commitment_fit', 'nearly used', {}, observed(0.9, '90 % of 1,000,000 API calls used')],
  [
    'commitment_fit',
    'more than all of it is full use',
    { entitlementUse: 1.3 },
    observed(1, '130 % of 1,000,000 API calls used'),
  ],
  [
    'commitment_fit',
    'committed and silent is zero',
    { entitlementUse: 0, entitlementCommitted: 50, entitlementMetric: 'GB' },
    observed(0, '0 % of 50 GB used'),
  ],
  ['commitment_fit', 'never had', { entitlementUse: null }, unknown('no commitment running')],
]);
