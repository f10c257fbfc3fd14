import { openBus } from '../../functions/cli/open-bus.ts';
import { openConfig } from '../../functions/cli/open-config.ts';
import { openCrew } from '../../functions/cli/open-crew.ts';
import { openStore, openWarehouse } from '../../functions/cli/open-warehouse.ts';
import type { Day } from '../../shared/basics/day.ts';
import { scoreAccounts } from '../../shared/jobs/score-accounts.ts';
import { clockOfTheCompany } from '../day.ts';
import { ENGINE_MB } from '../engine-memory.ts';
import { observedWarehouse, partsOf } from '../observed-ports.ts';
import { asked, report, stopwatch } from './stage.ts';

/** The whole job as `holdfast run` runs it on a laptop: DuckDB, and results in a folder. */
const { config: file, asOf, out } = asked<{ config: string; asOf: Day; out: string }>();
const watch = stopwatch();
const config = await openConfig(file);
const { warehouse, waited, rows } = observedWarehouse(await openWarehouse(config, out, ENGINE_MB));
const progress = partsOf(watch, waited);
const [store, bus] = [await openStore(out), await openBus(out, undefined)];
const around = { store, bus, clock: clockOfTheCompany, progress, ...openCrew(out) };
const ports = { ...around, warehouse };
await scoreAccounts.run({ asOf, config }, ports);
await warehouse.close();
watch.lap('close');
report({ parts: watch.parts, accounts: rows(), counts: {} });
