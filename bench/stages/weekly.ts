import { resvgRasterizer } from '../../functions/adapters/resvg-rasterizer.ts';
import { openBus } from '../../functions/cli/open-bus.ts';
import { openConfig } from '../../functions/cli/open-config.ts';
import { openStore } from '../../functions/cli/open-warehouse.ts';
import type { Day } from '../../shared/basics/day.ts';
import { weeklySummary } from '../../shared/jobs/weekly-summary.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import { clockOfTheCompany } from '../day.ts';
import { partsOf } from '../observed-ports.ts';
import { asked, report, stopwatch } from './stage.ts';

/** The week is told from tables alone. */
const noWarehouse: Warehouse = {
  read: () => Promise.reject(new Error('the weekly summary asks no warehouse')),
  // biome-ignore lint/correctness/useYield: it yields nothing.
  async *stream() {
    throw new Error('the weekly summary asks no warehouse');
  },
  close: () => Promise.resolve(),
};

/** The weekly summary whole, over what the other jobs have published; no mail leaves or is held. */
const { config: file, asOf, out } = asked<{ config: string; asOf: Day; out: string }>();
const watch = stopwatch();
const config = await openConfig(file);
const ports = {
  ...{ warehouse: noWarehouse, store: await openStore(out), bus: await openBus(out, undefined) },
  ...{ rasterizer: resvgRasterizer(), clock: clockOfTheCompany },
  progress: partsOf(watch, () => 0),
};
const { manifest } = await weeklySummary.run({ asOf, config }, ports);
watch.lap('close');
const { mails_planned: mails, accounts_on_page: accounts } = manifest.summary;
report({ parts: watch.parts, accounts: Number(accounts), counts: { mails: Number(mails) } });
