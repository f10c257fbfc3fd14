import { type Day, dayInZone } from '../../../shared/basics/day.ts';
import { HoldfastError } from '../../../shared/basics/problem.ts';
import { plainText } from '../../../shared/basics/text.ts';
import { inspectSources } from '../../../shared/jobs/inspect-sources.ts';
import { refuseFuture } from '../../../shared/jobs/job.ts';
import { movementsBetween } from '../../../shared/jobs/movements-between.ts';
import { revenueSources } from '../../../shared/jobs/rollup-revenue.ts';
import type { CutSums } from '../../../shared/revenue/cut-sums.ts';
import { movementKinds } from '../../../shared/revenue/movements.ts';
import { requireSources } from '../../../shared/sources/require-sources.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { aligned } from '../aligned.ts';
import type { ExitCode } from '../main.ts';
import { openConfig } from '../open-config.ts';
import { openWarehouse } from '../open-warehouse.ts';

interface MovementsOptions {
  readonly config: string;
  readonly from: Day;
  readonly to: Day;
  readonly asOf?: Day;
  readonly out?: string;
}

/** Prints the bridge between any two days, to the cent, as it is known on a third. */
export const movements = async (options: MovementsOptions): Promise<ExitCode> => {
  const { from, to } = options;
  const config = await openConfig(options.config);
  const asOf = options.asOf ?? dayInZone(systemClock.now(), config.time_zone);
  if (from >= to || to > asOf) throw outOfOrder(from, to, asOf);
  const input = { config, asOf };
  refuseFuture(input, systemClock);
  const warehouse = await openWarehouse(config, options.out);
  try {
    const states = await inspectSources({ ...input, warehouse, only: revenueSources });
    requireSources(states);
    const sums = await movementsBetween({ from, to }, input, states, { warehouse });
    const { reporting } = config.currency;
    console.log(`ARR from ${from} to ${to}, as known on ${asOf}, in ${reporting}\n`);
    for (const line of bridgeLines(sums)) console.log(line);
    return 0;
  } finally {
    await warehouse.close();
  }
};

function bridgeLines(sums: readonly CutSums[]): string[] {
  const of = (wanted: string) => sums.filter(({ cut }) => cut === wanted);
  const columns = [...of('segment'), ...of('all')];
  const head = ['  ', ...columns.map(({ cutValue }) => plainText(cutValue, 24))];
  const lines = (['opening', ...movementKinds, 'closing'] as const).map((kind) => [
    `  ${kind}`,
    ...columns.map(({ steps }) => exact(steps[0]?.[kind] ?? 0)),
  ]);
  return aligned([head, ...lines], [false, ...columns.map(() => true)]);
}

/** To the cent, as finance reads it. */
const exact = (cents: number): string =>
  (cents / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

function outOfOrder(from: Day, to: Day, asOf: Day): HoldfastError {
  const found = `--from ${from}, --to ${to}, --as-of ${asOf}`;
  const expected = '--from before --to, and --to up to --as-of';
  const fix = 'Put them in order; --as-of is today where it is left out.';
  return new HoldfastError('usage', [{ where: 'the days', found, expected, fix }]);
}
