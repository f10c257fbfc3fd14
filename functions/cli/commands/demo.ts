import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toDay } from '../../../shared/basics/day.ts';
import { HoldfastError } from '../../../shared/basics/problem.ts';
import { plural } from '../../../shared/basics/text.ts';
import { scoreAccounts } from '../../../shared/jobs/score-accounts.ts';
import { consoleProgress } from '../console-progress.ts';
import type { ExitCode } from '../main.ts';
import { openStore } from '../open-warehouse.ts';
import { printHealthRun } from '../print-health-run.ts';
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

/** The first thing a newcomer runs: a company to look at, scored, with the next steps named. */
export const demo = async ({ out, accounts }: DemoOptions): Promise<ExitCode> => {
  const config = join(out, 'holdfast.yaml');
  const results = join(out, 'results');
  const writing = consoleProgress().step('Writing the sample company');
  const folder = join(out, 'warehouse');
  await writable(folder, () => mkdir(folder, { recursive: true }));
  await writeSampleCompany({
    folder,
    accounts,
    asOf: AS_OF,
    seed: SEED,
    onProgress: (_, done, total) => writing.update(done, total),
  });
  await writable(config, () => writeFile(config, sampleConfig));
  writing.done(plural(accounts, 'account'));

  // A company of another size is other data for the same day.
  const revision = accounts;
  const outcome = await runJob(scoreAccounts, { config, asOf: AS_OF, out: results, revision });
  await printHealthRun(outcome, openStore(results));
  console.log(`\nNext
  npx holdfast explain acc-0000017 --out ${results}
  npx holdfast doctor --config ${config} --as-of ${AS_OF}
  ${config} is a configuration to begin with`);
  return 0;
};

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
