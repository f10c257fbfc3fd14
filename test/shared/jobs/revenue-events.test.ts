import { expect, test } from 'vitest';
import { rollupRevenue } from '../../../shared/jobs/rollup-revenue.ts';
import { partitionPath } from '../../../shared/publish/publication.ts';
import { readTable } from '../../../shared/publish/read-table.ts';
import { revenueRollups } from '../../../shared/publish/revenue-tables.ts';
import { memoryEventBus } from '../../kit/memory-event-bus.ts';
import { memoryObjectStore } from '../../kit/memory-object-store.ts';
import { asOf, company, portsOf } from '../../kit/scored-company.ts';

test('rollup-revenue ends with the figures that its table has', async () => {
  const { config, warehouse } = await company();
  const [store, bus] = [memoryObjectStore(), memoryEventBus()];
  const { manifest } = await rollupRevenue.run({ asOf, config }, portsOf(warehouse, store, bus));
  const path = partitionPath(revenueRollups.name, asOf);
  const rows = await readTable(store, revenueRollups, { path });
  const whole = rows?.find(
    (row) =>
      row.cut === 'all' &&
      row.window === 'trailing_12_months' &&
      row.window_end === asOf &&
      row.is_default_method,
  );
  expect(whole).toBeDefined();
  expect(bus.events).toMatchObject([{ type: 'RevenueRolledUp', metadata: { asOf } }]);
  expect(bus.events[0]?.data).toEqual({
    ...{ arrCents: whole?.closing_arr_cents, nrr: whole?.nrr, grr: whole?.grr },
    ...{ currency: 'USD', method: whole?.method, definitionsId: whole?.definitions_id },
    manifest: `runs/rollup-revenue/${asOf}/${manifest.run_key}/manifest.json`,
  });
  expect(store.objects.has(String(bus.events[0]?.data.manifest))).toBe(true);
});
