import { expect, test } from 'vitest';
import { sinceFrom } from '../../../shared/health/tenure.ts';
import { inspectSources } from '../../../shared/jobs/inspect-sources.ts';
import { openCompany } from '../../kit/features-of.ts';
import { ago, asOf } from './feature-cases.ts';

test('the history of a source begins with its first known row', async () => {
  const tables = {
    accounts: 'account_id,name\nA-1,Meridian Retail',
    contracts: `contract_id,account_id,start_date,end_date,arr,currency
C-1,A-1,2024-01-01,2027-01-01,1200,USD`,
    usage_daily: `account_id,day,sessions
A-1,${ago(1)},5\nA-1,${ago(35)},5\nA-1,${ago(34)},5`,
    support_tickets: `ticket_id,account_id,opened_at,recorded_at
T-1,A-1,${ago(9)} 23:59:59,${ago(0)} 00:00:00\nT-2,A-1,${ago(8)} 23:59:59,${ago(2)} 00:00:00`,
  };
  const { config, warehouse } = await openCompany({ tables });
  const since = sinceFrom(await inspectSources({ config, asOf, warehouse }));
  await warehouse.close();
  expect(since('usage_daily')).toBe(ago(35));
  expect(since('support_tickets')).toBe(ago(8));
  expect(since('accounts')).toBeNull();
  expect(since('feature_usage')).toBeNull();
});
