import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import type { Comparison } from './compare-results.ts';
import type { Measured } from './run-stage.ts';

/** The stages that are timed, in the order they are told. */
export const stageNames = [
  'job, first day',
  'sql',
  'sql, tested by dbt',
  'job, later day',
  'features',
  'lambda, first day',
  'lambda, later day',
] as const;
export type StageName = (typeof stageNames)[number];

/** A stage over its runs. */
export interface StageResult {
  /** Median of the runs: from the start of the process to its end. */
  readonly seconds: number;
  readonly fastest: number;
  readonly slowest: number;
  readonly runs: number;
  /** Median of what its threads kept a core busy. */
  readonly cpuSeconds: number;
  /** The most of any run. */
  readonly peakMib: number;
  /** Medians. */
  readonly parts: Readonly<Record<string, number>>;
  readonly counts: Readonly<Record<string, number>>;
}

/** What one size of company came to. */
export interface SizeResult {
  readonly accounts: number;
  readonly date: string;
  readonly machine: Machine;
  readonly stages: Readonly<Partial<Record<StageName, StageResult>>>;
  readonly comparison: Comparison | null;
  /** Tables that the Lambda stage published otherwise than the job did. */
  readonly lambdaDiffers: readonly string[];
  readonly scan: Scan | null;
  readonly revenue?: RevenueResult;
  readonly renewals?: RenewalsResult;
  readonly weekly?: WeeklyResult;
}

/** weekly-summary: what a cold start loads, and the first summary over what is published. */
export interface WeeklyResult {
  readonly date: string;
  readonly machine: Machine;
  readonly imported: StageResult;
  readonly told: StageResult;
  readonly zippedMib: number;
}

/** track-renewals on its first day, and a week later with what that day left. */
export interface RenewalsResult {
  readonly date: string;
  readonly machine: Machine;
  readonly first: StageResult;
  readonly later: StageResult;
}

/** rollup-revenue beside the same bridge in SQL. */
export interface RevenueResult {
  readonly date: string;
  readonly machine: Machine;
  readonly job: StageResult;
  readonly sql: StageResult;
  /** Months of the bridge in which any figure is another. */
  readonly monthsDiffering: number;
}

/** What an engine that charges by bytes reads for a run. */
export interface Scan {
  readonly queries: number;
  readonly bytes: number;
  /** Of them, those that read more than the least that is charged for one. */
  readonly largeQueries: number;
  readonly largeBytes: number;
  /** The files that the features are unloaded into. */
  readonly files: number;
  readonly fileBytes: number;
}

interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGib: number;
  readonly node: string;
  /** Processes that wanted a core before the first run: above 0.5 the figures are disturbed. */
  readonly load: number;
}

export const thisMachine = (): Machine => ({
  processor: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGib: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
});

export const summaryOf = (runs: readonly Measured[]): StageResult => {
  const parts = new Set(runs.flatMap((run) => Object.keys(run.parts)));
  return {
    seconds: median(runs.map(({ seconds }) => seconds)),
    fastest: rounded(Math.min(...runs.map(({ seconds }) => seconds))),
    slowest: rounded(Math.max(...runs.map(({ seconds }) => seconds))),
    runs: runs.length,
    cpuSeconds: median(runs.map(({ cpuSeconds }) => cpuSeconds)),
    peakMib: Math.round(Math.max(...runs.map(({ peakMib }) => peakMib))),
    parts: Object.fromEntries(
      [...parts].map((part) => [part, median(runs.map((run) => run.parts[part] ?? 0))]),
    ),
    counts: runs.at(-1)?.counts ?? {},
  };
};

const rounded = (seconds: number): number => Math.round(seconds * 1000) / 1000;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return rounded(sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2);
}

/** What was measured before, the smallest company first. */
export const readResults = async (file: string): Promise<SizeResult[]> => {
  const text = await readFile(file, 'utf8').catch(() => '[]');
  return JSON.parse(text) as SizeResult[];
};

/** Keeps what was measured of one job beside what else was of that size. */
export const keepBeside = async (
  file: string,
  accounts: number,
  found: Pick<SizeResult, 'revenue' | 'renewals' | 'weekly'>,
): Promise<void> => {
  const { date, machine } = Object.values(found)[0] as Pick<SizeResult, 'date' | 'machine'>;
  const empty = { accounts, date, machine, stages: {} };
  const unmeasured = { ...empty, comparison: null, lambdaDiffers: [], scan: null };
  const before = (await readResults(file)).find((result) => result.accounts === accounts);
  await keepResults(file, [{ ...(before ?? unmeasured), ...found }]);
};

/** Keeps one result for each size: the new ones, and those of sizes that were not measured now. */
export const keepResults = async (file: string, found: readonly SizeResult[]): Promise<void> => {
  const measured = new Set(found.map(({ accounts }) => accounts));
  const kept = (await readResults(file)).filter(({ accounts }) => !measured.has(accounts));
  const all = [...kept, ...found].sort((a, b) => a.accounts - b.accounts);
  await writeFile(file, `${JSON.stringify(all, null, 2)}\n`);
};
