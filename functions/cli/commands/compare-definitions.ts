import type { Day } from '../../../shared/basics/day.ts';
import { formatMoney } from '../../../shared/basics/money.ts';
import { retentionMethods } from '../../../shared/config/revenue.ts';
import {
  compareDefinitions as compare,
  type UnderDefinitions,
} from '../../../shared/jobs/compare-definitions.ts';
import { inspectSources } from '../../../shared/jobs/inspect-sources.ts';
import { refuseFuture } from '../../../shared/jobs/job.ts';
import { policyOf } from '../../../shared/jobs/revenue-stream.ts';
import { revenueSources } from '../../../shared/jobs/rollup-revenue.ts';
import { calendarOfYear } from '../../../shared/revenue/calendar.ts';
import { retentionBy } from '../../../shared/revenue/retention.ts';
import { requireSources } from '../../../shared/sources/require-sources.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { aligned } from '../aligned.ts';
import type { ExitCode } from '../main.ts';
import { openConfig } from '../open-config.ts';
import { openWarehouse } from '../open-warehouse.ts';
import { percent } from '../percent.ts';

interface CompareOptions {
  readonly config: string;
  readonly asOf: Day;
  readonly out?: string;
}

/** Prints what the same data comes to under every method and switch: a figure needs its definition. */
export const compareDefinitions = async (options: CompareOptions): Promise<ExitCode> => {
  const config = await openConfig(options.config);
  const warehouse = await openWarehouse(config, options.out);
  try {
    const input = { config, asOf: options.asOf };
    refuseFuture(input, systemClock);
    const states = await inspectSources({ ...input, warehouse, only: revenueSources });
    requireSources(states);
    const compared = await compare(input, states, { warehouse });
    const window = calendarOfYear(options.asOf).days;
    console.log(
      `The twelve months from ${window[0]} to ${options.asOf}, under other definitions\n`,
    );
    const short = ['point to point', 'compound', 'waterfall'];
    const head = ['ARR', 'CARR', ...short.map((method) => `NRR ${method}`)];
    const rows = [
      ['  switch', ...head, ...short.map((method) => `GRR ${method}`), 'logos lost'],
      ...compared.map((variant) => rowOf(variant)),
    ];
    console.log(aligned(rows, [false, ...new Array<boolean>(9).fill(true)]).join('\n'));
    console.log(
      '\nEach line differs from the config in that one switch; attribute_at moves only the cuts.',
    );
    return 0;
  } finally {
    await warehouse.close();
  }
};

function rowOf({ title, whole, carrCents, input }: UnderDefinitions): string[] {
  if (whole === null) return [`  ${title}`, ...new Array<string>(9).fill('–')];
  const [window] = calendarOfYear(input.asOf).windows;
  const sums = whole.windows[0];
  if (window === undefined || sums === undefined) return [`  ${title}`];
  const by = retentionMethods.map((method) =>
    retentionBy(method, whole, 0, { window, policy: policyOf(input) }),
  );
  const lost = sums.customersOpening === 0 ? null : sums.customersLost / sums.customersOpening;
  return [
    `  ${title}`,
    formatMoney(sums.closingCents, input.config.currency.reporting),
    formatMoney(carrCents, input.config.currency.reporting),
    ...by.map(({ nrr }) => percent(nrr)),
    ...by.map(({ grr }) => percent(grr)),
    percent(lost),
  ];
}
