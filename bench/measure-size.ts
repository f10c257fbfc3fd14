import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { assert } from '../shared/basics/problem.ts';
import { compareResults, differingFiles } from './compare-results.ts';
import { AS_OF } from './day.ts';
import { linkedCopy } from './linked-copy.ts';
import { largerPlace, type Place, preparedPlace } from './place.ts';
import { type Scan, type SizeResult, type StageName, summaryOf, thisMachine } from './results.ts';
import { type Measured, runStage, type Stage } from './run-stage.ts';
import { featureFiles, featureFolder, readAnswers } from './unloaded.ts';

export interface Setting {
  readonly runs: number;
  /** Where companies are kept, and results while they are looked at. */
  readonly cache: string;
  /** The Lambda's part in one file, run by Node alone. */
  readonly lambdaBundle: string;
  say(words: string): void;
}

/** Times every stage over a company of so many accounts, and compares what they wrote. */
export const measureSize = async (accounts: number, setting: Setting): Promise<SizeResult> => {
  setting.say(`${inWords(accounts)}: preparing the company, its history and its unloaded days`);
  const place = await preparedPlace(accounts, setting.cache);
  const stages = { ...jobStages(place), ...lambdaStages(place, setting) };
  return inTurn(accounts, stages, place, setting, async (outOf) => ({
    comparison: await compareResults(outOf('job, first day'), outOf('sql')),
    lambdaDiffers: [
      ...(await differingFiles(outOf('job, first day'), outOf('lambda, first day'))),
      ...(await differingFiles(outOf('job, later day'), outOf('lambda, later day'))),
    ],
    scan: await scanOf(place),
  }));
};

/** Times only what runs in a Lambda, over the features of a company copied several times. */
export const measureLambda = async (
  accounts: number,
  from: number,
  setting: Setting,
): Promise<SizeResult> => {
  const copies = accounts / from;
  if (!Number.isInteger(copies)) throw new RangeError(`${accounts} is not a multiple of ${from}`);
  setting.say(`${inWords(accounts)}, the Lambda alone: preparing`);
  const folder = join(setting.cache, `lambda-${accounts}`);
  const smaller = await preparedPlace(from, setting.cache);
  const place = await largerPlace(smaller, { ...setting, copies, folder });
  const unchecked = { comparison: null, lambdaDiffers: [], scan: null };
  return inTurn(accounts, lambdaStages(place, setting), place, setting, async () => unchecked);
};

type StageMaker = (out: string) => Stage;
type Stages = Partial<Record<StageName, StageMaker>>;
type Found = Pick<SizeResult, 'comparison' | 'lambdaDiffers' | 'scan'>;

const jobStages = ({ config, unloaded }: Place): Stages => {
  const input = { config, asOf: AS_OF };
  const answered = unloaded.get(AS_OF);
  assert(answered !== undefined, 'the answers of the day are written down');
  const job: StageMaker = (out) => ({ script: 'stages/whole-job.ts', input: { ...input, out } });
  return {
    'job, first day': job,
    sql: (out) => ({ script: 'stages/sql-run.ts', input: { ...input, out } }),
    'sql, tested by dbt': (out) => ({
      script: 'stages/sql-run.ts',
      input: { ...input, out, answered },
    }),
    'job, later day': job,
    features: () => ({ script: 'stages/features.ts', input }),
  };
};

const lambdaStages = ({ configText, unloaded }: Place, { lambdaBundle }: Setting): Stages => {
  const input = { configText, asOf: AS_OF, folder: unloaded.get(AS_OF) };
  const lambda: StageMaker = (out) => ({ script: lambdaBundle, input: { ...input, out } });
  return { 'lambda, first day': lambda, 'lambda, later day': lambda };
};

/** One run of each stage after the other, so that what disturbs the machine disturbs them alike. */
async function inTurn(
  accounts: number,
  stages: Stages,
  { history }: Place,
  { runs, cache, say }: Setting,
  look: (outOf: (stage: StageName) => string) => Promise<Found>,
): Promise<SizeResult> {
  const machine = thisMachine();
  const outputs = join(cache, 'outputs');
  const outOf = (stage: StageName) => join(outputs, stage.replaceAll(/\W+/g, '-'));
  const measured = new Map<StageName, Measured[]>();
  for (let run = 1; run <= runs; run += 1) {
    await rm(outputs, { recursive: true, force: true });
    for (const [name, stage] of Object.entries(stages) as [StageName, StageMaker][]) {
      if (name.endsWith('later day')) await linkedCopy(history, outOf(name));
      const found = await runStage(stage(outOf(name)));
      measured.set(name, [...(measured.get(name) ?? []), found]);
      say(
        `  ${run}/${runs} ${name}: ${found.seconds.toFixed(1)} s, ${Math.round(found.peakMib)} MiB`,
      );
    }
  }
  const found = await look(outOf);
  await rm(outputs, { recursive: true, force: true });
  const summaries = [...measured].map(([name, all]) => [name, summaryOf(all)] as const);
  const date = new Date().toISOString().slice(0, 10);
  return { accounts, date, machine, stages: Object.fromEntries(summaries), ...found };
}

async function scanOf({ unloaded }: Place): Promise<Scan> {
  const folder = unloaded.get(AS_OF) ?? '';
  const { answers, featureBytes } = await readAnswers(folder);
  const files = await featureFiles(folder);
  const sizes = await Promise.all(files.map((file) => stat(join(featureFolder(folder), file))));
  const read = [...answers.map(({ bytes }) => bytes), featureBytes];
  const large = read.filter((bytes) => bytes > LEAST_CHARGED);
  return {
    queries: read.length,
    bytes: total(read),
    largeQueries: large.length,
    largeBytes: total(large),
    files: files.length,
    fileBytes: total(sizes.map(({ size }) => size)),
  };
}

/** Athena charges for 10 MB where a query reads less. */
const LEAST_CHARGED = 10_000_000;

const total = (amounts: readonly number[]): number => amounts.reduce((sum, one) => sum + one, 0);

const inWords = (accounts: number): string => `${accounts.toLocaleString('en-US')} accounts`;
