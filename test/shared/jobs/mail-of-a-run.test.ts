import { expect, test } from 'vitest';
import { toDay } from '../../../shared/basics/day.ts';
import { rollupRevenue } from '../../../shared/jobs/rollup-revenue.ts';
import { trackRenewals } from '../../../shared/jobs/track-renewals.ts';
import { fakeClock } from '../../kit/fake-clock.ts';
import { memoryMailer } from '../../kit/memory-mailer.ts';
import { memoryObjectStore } from '../../kit/memory-object-store.ts';
import { company, portsOf } from '../../kit/scored-company.ts';

const contracts = `contract_id,account_id,start_date,end_date,arr,currency,seats,discount_pct,cancelled_on,cancel_recorded_on
K-1,A-1,2026-02-01,2027-02-01,120000,USD,100,5,,`;

test('track-renewals delivers its digest once, however often it runs', async () => {
  const { config: opened, warehouse } = await company({ tables: { contracts } });
  const allowed_domains = ['harbourline.example'];
  const mail = { mode: 'send', from: 'success@harbourline.example', allowed_domains } as const;
  const config = { ...opened, mail: { ...opened.mail, ...mail } };
  const [store, mailer] = [memoryObjectStore(), memoryMailer()];
  const clock = fakeClock('2026-10-04T07:00:00Z');
  const post = { mailer, draft: null, random: Math.random };
  const ports = { ...portsOf(warehouse, store), clock, mail: post };
  const input = { asOf: toDay('2026-10-04'), config };
  await rollupRevenue.run(input, ports);
  for (const revision of [1, 1, 2]) {
    const outcome = await trackRenewals.run({ ...input, revision }, ports);
    expect(outcome.mail).toMatchObject({ planned: 1, sent: 1, waiting: 0 });
  }
  expect(mailer.taken).toMatchObject([
    {
      to: { address: 'l.fischer@harbourline.example' },
      attachments: [{ filename: 'renewals.ics' }],
      tags: { holdfast_kind: 'renewal_digest' },
    },
  ]);
});
