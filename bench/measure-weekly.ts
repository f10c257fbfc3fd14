import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { sampleConfig } from '../functions/cli/sample-config.ts';
import { companyOf } from './company.ts';
import { AS_OF } from './day.ts';
import type { Setting } from './measure-size.ts';
import { summaryOf, thisMachine, type WeeklyResult } from './results.ts';
import { type Measured, runStage } from './run-stage.ts';

/** Times a cold start of weekly-summary and its first summary, which loads what draws its charts. */
export const measureWeekly = async (
  accounts: number,
  { runs, cache, say }: Setting,
): Promise<WeeklyResult> => {
  const within = await companyOf(accounts, cache);
  // Kept companies may be older than the part of the config that this job reads.
  const config = join(within, 'weekly.yaml');
  await writeFile(config, sampleConfig);
  const out = join(cache, 'outputs');
  const asset = join(cache, 'weekly-asset');
  for (const folder of [out, asset]) await rm(folder, { recursive: true, force: true });
  const input = { config, asOf: AS_OF, out };
  for (const job of ['score-accounts', 'rollup-revenue', 'track-renewals']) {
    await runStage({ script: 'stages/job.ts', input: { ...input, job } });
    say(`  ${accounts}: ${job} is published`);
  }
  const zippedMib = await bundledInto(asset);
  const machine = thisMachine();
  const measured: Record<'imported' | 'told', Measured[]> = { imported: [], told: [] };
  const cold = fileURLToPath(new URL('stages/import.mjs', import.meta.url));
  for (let run = 1; run <= runs; run += 1) {
    const bundle = join(asset, 'index.mjs');
    measured.imported.push(await runStage({ script: cold, input: { bundle } }));
    for (const place of ['runs', 'latest']) {
      await rm(join(out, place, 'weekly-summary'), { recursive: true, force: true });
    }
    await rm(join(out, 'latest/weekly-summary.json'), { force: true });
    const told = await runStage({ script: 'stages/weekly.ts', input });
    measured.told.push(told);
    say(`  ${accounts} ${run}/${runs} weekly: ${told.seconds.toFixed(1)} s`);
  }
  for (const folder of [out, asset]) await rm(folder, { recursive: true, force: true });
  return {
    date: new Date().toISOString().slice(0, 10),
    machine,
    imported: summaryOf(measured.imported),
    told: summaryOf(measured.told),
    zippedMib,
  };
};

/** A zip deflates each file by itself; what it adds for their names is a few hundred bytes. */
async function bundledInto(asset: string): Promise<number> {
  // Loaded here alone: it brings the CDK, which takes seconds.
  const { writeBundle } = await import('../infra/bundled-job.ts');
  writeBundle({ job: 'weekly-summary', configText: sampleConfig }, asset);
  let bytes = 0;
  for (const name of await readdir(asset)) {
    bytes += deflateRawSync(await readFile(join(asset, name))).byteLength;
  }
  return bytes / 2 ** 20;
}
