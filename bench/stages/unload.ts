import { openConfig } from '../../functions/cli/open-config.ts';
import { openWarehouse } from '../../functions/cli/open-warehouse.ts';
import type { Day } from '../../shared/basics/day.ts';
import { featureQuery } from '../../shared/features/feature-query.ts';
import { inspectSources } from '../../shared/jobs/inspect-sources.ts';
import { currencyOn } from '../../shared/jobs/quoted-rates.ts';
import { openTables } from '../open-tables.ts';
import { bytesRead } from '../peak-memory.ts';
import { recordingWarehouse } from '../recorded-answers.ts';
import { unloadInto, writeAnswers } from '../unloaded.ts';
import { asked, report, stopwatch } from './stage.ts';

/** Does once what Athena does for a run, and keeps it, so that the Lambda's part can be timed alone. */
const { config: file, asOf, folder } = asked<{ config: string; asOf: Day; folder: string }>();
const watch = stopwatch();
const config = await openConfig(file);
const { warehouse, recorded } = recordingWarehouse(await openWarehouse(config, undefined));
const states = await inspectSources({ config, asOf, warehouse });
const currency = await currencyOn(warehouse, states, { asOf, currency: config.currency });
await warehouse.close();
watch.lap('checks');

const rows = states.find(({ id }) => id === 'accounts')?.rows ?? 0;
const sql = featureQuery(states, { asOf, ...currency });
const query = { name: 'account-features', sql, orderBy: 'account_id', rowsExpected: rows };
const { connection, close } = await openTables(config);
const begun = bytesRead() ?? 0;
await unloadInto(connection, { ...query, runKey: 'bench' }, folder);
const featureBytes = (bytesRead() ?? 0) - begun;
await close();
await writeAnswers(folder, { answers: recorded, featureBytes, rows });
watch.lap('unload');
report({ parts: watch.parts, accounts: rows, counts: {} });
