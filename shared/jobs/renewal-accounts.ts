import { plural } from '../basics/text.ts';
import { accountReader } from '../features/account-row.ts';
import { featureQuery } from '../features/feature-query.ts';
import type { Answerable } from '../health/answerable.ts';
import type { OpenTables } from '../publish/publication.ts';
import type { Rates } from '../renewals/renewal-rates.ts';
import type { Books } from '../revenue/ledger.ts';
import type { FrozenForecasts } from './frozen-forecasts.ts';
import type { JobPorts } from './job.ts';
import { pastMilestones } from './past-milestones.ts';
import { type RenewalBeside, renewalBeside } from './renewal-beside.ts';
import { renewalDesk } from './renewal-desk.ts';
import type { OutgoingFiles } from './renewal-files.ts';
import type { Gathered } from './renewal-run.ts';
import type { RenewalsFound } from './renewal-stream.ts';
import type { renewalTables } from './renewal-tables.ts';

interface Judging extends Gathered {
  readonly books: Books;
  readonly rates: Rates;
  readonly answerable: Answerable;
  readonly frozen: FrozenForecasts;
  readonly found: RenewalsFound;
  readonly outgoing: OutgoingFiles;
}

export type ForecastTallies = ReturnType<typeof renewalDesk>['tallies'];

type Open = OpenTables<typeof renewalTables>;

/** Streams the accounts past the desk: what each needs for its renewals, and what they will bring. */
export const forecastAccounts = async (
  open: Open,
  judging: Judging,
  ports: JobPorts,
): Promise<ForecastTallies> => {
  const { asOf, run, states, money, health } = judging;
  const { lastRun, baseline: weekAgo } = money;
  const beside = await renewalBeside({ asOf, run, states, health, lastRun, weekAgo }, ports);
  try {
    return await forecastBeside(beside, open, judging, ports);
  } finally {
    await beside.end();
  }
};

async function forecastBeside(
  beside: RenewalBeside,
  open: Open,
  judging: Judging,
  ports: JobPorts,
): Promise<ForecastTallies> {
  const { config, asOf, run, states, days, money, outgoing } = judging;
  const { lastRun } = money;
  const { near } = judging.found;
  const milestones = await pastMilestones(ports.store, days.lastRun);
  const judged = {
    ...judging,
    near,
    beside,
    milestones,
    lastRun: days.lastRun,
    forecastBefore: lastRun,
  };
  const desk = renewalDesk({ ...judged, onRenewal: outgoing.add }, open);

  const rowsExpected = states.find(({ id }) => id === 'accounts')?.rows ?? 0;
  const { reporting, rates } = config.currency;
  const sql = featureQuery(states, { asOf, reporting, rates });
  const query = { name: 'renewal-features', sql, orderBy: 'account_id', rowsExpected };
  const step = ports.progress.step('Reading accounts and forecasting their renewals');
  const accountsOf = accountReader(asOf);
  let done = 0;
  for await (const batch of ports.warehouse.stream({ ...query, runKey: run.key })) {
    await beside.reach(String(batch.columns.account_id?.[batch.rowCount - 1]));
    for (const account of accountsOf(batch)) desk.judge(account);
    done += batch.rowCount;
    for (const table of Object.values(open)) await table.flush();
    await outgoing.finance.flush();
    step.update(done, rowsExpected);
  }
  await desk.finish();
  step.done(plural(done, 'account'));
  return desk.tallies;
}
