import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addDays, toDay } from '../../../shared/basics/day.ts';
import { HoldfastError } from '../../../shared/basics/problem.ts';
import { plural } from '../../../shared/basics/text.ts';
import { rollupRevenue } from '../../../shared/jobs/rollup-revenue.ts';
import { scoreAccounts } from '../../../shared/jobs/score-accounts.ts';
import { trackRenewals } from '../../../shared/jobs/track-renewals.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { Progress } from '../../../shared/ports/progress.ts';
import { makeFolder } from '../../adapters/local/make-folder.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { consoleProgress } from '../console-progress.ts';
import type { ExitCode } from '../main.ts';
import { printHealthRun } from '../print-health-run.ts';
import { accountId } from '../sample-company/account-story.ts';
import { stories } from '../sample-company/stories.ts';
import { writeSampleCompany } from '../sample-company/write-sample-company.ts';
import { sampleConfig } from '../sample-config.ts';
import { runJob } from './run.ts';

/** The day the sample company's history ends; the same for everybody, so results can be compared. */
const AS_OF = toDay('2026-11-22');
const SEED = 1;

interface DemoOptions {
  readonly out: string;
  readonly accounts: number;
}

/** The company lives on its own day, whatever day it is here. */
const clockOfTheCompany: Clock = { ...systemClock, now: () => new Date(`${AS_OF}T12:00:00Z`) };

const quiet: Progress = { step: () => ({ update: () => undefined, done: () => undefined }) };

/** The first thing a newcomer runs: a company to look at, scored, with the next steps named. */
export const demo = async ({ out, accounts }: DemoOptions): Promise<ExitCode> => {
  const config = join(out, 'holdfast.yaml');
  const results = join(out, 'results');
  await startAfresh(config, results);
  const writing = consoleProgress().step('Writing the sample company');
  const folder = join(out, 'warehouse');
  await writable(folder, () => makeFolder(folder));
  await writeSampleCompany({
    folder,
    accounts,
    asOf: AS_OF,
    seed: SEED,
    onProgress: (step, done, total) => step === 'accounts' && writing.update(done, total),
  });
  await writable(config, () => writeFile(config, sampleConfig));
  writing.done(plural(accounts, 'account'));

  // A month and a week ago first: trends, movements, the life of a flag and a forecast need a past.
  for (const daysAgo of [28, 7]) {
    const asOf = addDays(AS_OF, -daysAgo);
    const scoring = consoleProgress().step(`Running every job as of ${asOf}`);
    const past = await runJob(
      scoreAccounts,
      { config, asOf, out: results },
      {
        clock: clockOfTheCompany,
        progress: quiet,
      },
    );
    for (const job of [rollupRevenue, trackRenewals]) {
      const day = { config, asOf, out: results };
      await runJob(job, day, { clock: clockOfTheCompany, progress: quiet });
    }
    scoring.done(plural(Number(past.manifest.summary.accounts), 'account'));
  }
  const outcome = await runJob(
    scoreAccounts,
    { config, asOf: AS_OF, out: results },
    { clock: clockOfTheCompany },
  );
  await printHealthRun(outcome, results);
  console.log(`\nStories to look up`);
  for (const { title, accountIndex } of stories) {
    if (accountIndex === null || accountIndex >= accounts) continue;
    console.log(`  npx holdfast explain ${accountId(accountIndex)} --out ${results}  # ${title}`);
  }
  console.log(`\nNext
  npx holdfast run rollup-revenue --config ${config} --as-of ${AS_OF} --out ${results}
  npx holdfast run track-renewals --config ${config} --as-of ${AS_OF} --out ${results}
  npx holdfast run weekly-summary --config ${config} --as-of ${AS_OF} --out ${results}
  npx holdfast preview --out ${results}    # once they have run: mails and page
  npx holdfast doctor --config ${config} --as-of ${AS_OF}
  ${config} is a configuration to begin with`);
  return 0;
};

/** Clears what an earlier demo left, and touches nothing of anybody else's. */
async function startAfresh(config: string, results: string): Promise<void> {
  const standing = await readFile(config, 'utf8').catch(() => null);
  if (standing === null) return;
  const [mark] = sampleConfig.split('\n');
  if (!standing.startsWith(mark ?? '')) {
    const fix = 'Name another folder with --out.';
    const expected = 'a new folder, or one of an earlier demo';
    const problem = { where: config, found: 'a configuration of your own', expected, fix };
    throw new HoldfastError('usage', [problem]);
  }
  await rm(results, { recursive: true, force: true });
}

async function writable(path: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    const fix = 'Name another folder with --out.';
    throw new HoldfastError(
      'results',
      [{ where: path, found, expected: 'a folder to write to', fix }],
      { cause },
    );
  }
}
