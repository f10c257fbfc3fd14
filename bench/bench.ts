import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { makeFolder } from '../functions/adapters/local/make-folder.ts';
import { readPrices } from './cost.ts';
import { lambdaBundle } from './lambda-bundle.ts';
import { measureRenewals } from './measure-renewals.ts';
import { measureRevenue } from './measure-revenue.ts';
import { measureLambda, measureSize } from './measure-size.ts';
import { measureWeekly } from './measure-weekly.ts';
import { reportOf } from './report.ts';
import { keepBeside, keepResults, readResults } from './results.ts';

interface Options {
  readonly accounts: readonly number[];
  readonly lambda: number;
  readonly runs: number;
  readonly folder: string;
  readonly prices: string;
  readonly json: string;
  readonly measure: boolean;
  readonly only?: 'revenue' | 'renewals' | 'weekly';
}

const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const sizes = (text: string): number[] => text.split(',').map(Number);

/** Times the job at several sizes beside the same model in SQL; docs/performance.md has the rest. */
const { accounts, lambda, runs, folder, prices, json, measure, only } = new Command('bench')
  .description('times features, scoring and publishing beside the same model in SQL')
  .option('--accounts <list>', 'sizes of companies', sizes, [10_000, 100_000, 1_000_000])
  .option(
    '--lambda <n>',
    'accounts for the Lambda alone, a multiple of the largest; 0: none',
    Number,
    0,
  )
  .option('--runs <n>', 'how often each stage is run; medians are told', Number, 3)
  .option('--folder <folder>', 'where companies are kept', '/tmp/holdfast-bench')
  .option('--prices <file>', 'prices for the cost of a run', beside('prices.json'))
  .option('--json <file>', 'where results are kept, by size', beside('latest.json'))
  .addOption(
    new Option(
      '--only <job>',
      'rollup-revenue beside the same bridge in SQL, track-renewals, or weekly-summary',
    ).choices(['revenue', 'renewals', 'weekly']),
  )
  .option('--no-measure', 'only tells what was measured before')
  .parse()
  .opts<Options>();

const priced = await readPrices(prices);
if (measure) {
  await makeFolder(folder);
  const say = (words: string) => console.error(words);
  const setting = { runs, cache: folder, lambdaBundle: await lambdaBundle(folder), say };
  for (const size of accounts) {
    if (!only) await keepResults(json, [await measureSize(size, setting)]);
    if (!only || only === 'revenue') {
      await keepBeside(json, size, { revenue: await measureRevenue(size, setting) });
    }
    if (!only || only === 'renewals') {
      await keepBeside(json, size, { renewals: await measureRenewals(size, setting) });
    }
    // Asked for by name alone: the three jobs that it tells of come first.
    if (only === 'weekly') {
      await keepBeside(json, size, { weekly: await measureWeekly(size, setting) });
    }
  }
  const largest = Math.max(...accounts);
  if (lambda > 0 && !only) await keepResults(json, [await measureLambda(lambda, largest, setting)]);
}
const results = await readResults(json);
console.log(reportOf(results, priced));
for (const { accounts: size, comparison, lambdaDiffers, revenue: bridge } of results) {
  const judged = (comparison?.accountsDiffering ?? 0) + (comparison?.linesDiffering ?? 0);
  const apart = judged + (bridge?.monthsDiffering ?? 0);
  if (apart + lambdaDiffers.length === 0) continue;
  console.error(`At ${size} accounts results differ: the times compare unlike things.`);
  process.exitCode = 1;
}
