import { openBus } from '../../functions/cli/open-bus.ts';
import { openConfig } from '../../functions/cli/open-config.ts';
import { openStore, openWarehouse } from '../../functions/cli/open-warehouse.ts';
import type { Day } from '../../shared/basics/day.ts';
import { catalogue } from '../../shared/jobs/catalogue.ts';
import { rollupRevenue } from '../../shared/jobs/rollup-revenue.ts';
import { clockOfTheCompany } from '../day.ts';
import { observedWarehouse, partsOf } from '../observed-ports.ts';
import { asked, report, stopwatch } from './stage.ts';

/** rollup-revenue whole, as `holdfast run` runs it on a laptop. */
const { config: file, asOf, out } = asked<{ config: string; asOf: Day; out: string }>();
const watch = stopwatch();
const config = await openConfig(file);
const engineMb = catalogue.find(({ job }) => job === rollupRevenue)?.engineMb;
const { warehouse, waited, rows } = observedWarehouse(await openWarehouse(config, out, engineMb));
const progress = partsOf(watch, waited);
const [store, bus] = [await openStore(out), await openBus(out, undefined)];
const ports = { warehouse, store, bus, clock: clockOfTheCompany, progress };
await rollupRevenue.run({ asOf, config }, ports);
await warehouse.close();
watch.lap('close');
report({ parts: watch.parts, accounts: rows(), counts: {} });
