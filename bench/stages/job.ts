import { openBus } from '../../functions/cli/open-bus.ts';
import { openConfig } from '../../functions/cli/open-config.ts';
import { openStore, openWarehouse } from '../../functions/cli/open-warehouse.ts';
import type { Day } from '../../shared/basics/day.ts';
import { catalogue, type JobName } from '../../shared/jobs/catalogue.ts';
import { clockOfTheCompany } from '../day.ts';
import { observedWarehouse, partsOf } from '../observed-ports.ts';
import { asked, report, stopwatch } from './stage.ts';

interface Input {
  readonly job: JobName;
  readonly config: string;
  readonly asOf: Day;
  readonly out: string;
}

/** A job whole, as `holdfast run` runs it on a laptop. */
const { job: name, config: file, asOf, out } = asked<Input>();
const watch = stopwatch();
const config = await openConfig(file);
const catalogued = catalogue.find(({ job }) => job.name === name);
if (catalogued === undefined) throw new RangeError(`no job ${name}`);
const { job, engineMb } = catalogued;
const { warehouse, waited, rows } = observedWarehouse(await openWarehouse(config, out, engineMb));
const progress = partsOf(watch, waited);
const [store, bus] = [await openStore(out), await openBus(out, undefined)];
const ports = { warehouse, store, bus, clock: clockOfTheCompany, progress };
await job.run({ asOf, config }, ports);
await warehouse.close();
watch.lap('close');
report({ parts: watch.parts, accounts: rows(), counts: {} });
