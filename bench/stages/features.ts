import { openConfig } from '../../functions/cli/open-config.ts';
import { openWarehouse } from '../../functions/cli/open-warehouse.ts';
import type { Day } from '../../shared/basics/day.ts';
import { featureQuery } from '../../shared/features/feature-query.ts';
import { inspectSources } from '../../shared/jobs/inspect-sources.ts';
import { currencyOn } from '../../shared/jobs/quoted-rates.ts';
import { ENGINE_MB } from '../engine-memory.ts';
import { asked, report, stopwatch } from './stage.ts';

/** Only what comes before scoring: the checks of the sources, and the rows of features, unread. */
const { config: file, asOf } = asked<{ config: string; asOf: Day }>();
const watch = stopwatch();
const config = await openConfig(file);
const warehouse = await openWarehouse(config, undefined, ENGINE_MB);
watch.lap('start');
const states = await inspectSources({ config, asOf, warehouse });
watch.lap('checks');
const rowsExpected = states.find(({ id }) => id === 'accounts')?.rows ?? 0;
const currency = await currencyOn(warehouse, states, { asOf, currency: config.currency });
const sql = featureQuery(states, { asOf, ...currency });
const query = { name: 'account-features', sql, orderBy: 'account_id', rowsExpected };
let accounts = 0;
for await (const batch of warehouse.stream({ ...query, runKey: 'bench' })) {
  accounts += batch.rowCount;
}
await warehouse.close();
watch.lap('features');
report({ parts: watch.parts, accounts, counts: {} });
