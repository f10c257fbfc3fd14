import { peakMib } from '../peak-memory.ts';

/** What one process of the benchmark says of itself when it is done. */
export interface StageReport {
  /** Seconds of each part, in the order they came; the first is the start of the process. */
  readonly parts: Readonly<Record<string, number>>;
  readonly peakMib: number;
  /** Seconds that its threads kept a core busy: less disturbed by others than what went by. */
  readonly cpuSeconds: number;
  readonly accounts: number;
  /** Whatever else it counted. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Seconds of the parts of a stage: each lap names what has gone by since the one before. */
export const stopwatch = () => {
  const parts: Record<string, number> = {};
  // Since the process began, so that the first lap holds what it takes to load the code.
  let at = 0;
  return {
    parts,
    /** `within`: what of it belongs to other parts, which come before it. */
    lap(part: string, within: Readonly<Record<string, number>> = {}): void {
      const now = performance.now();
      let rest = (now - at) / 1000;
      for (const [other, seconds] of Object.entries(within)) {
        parts[other] = (parts[other] ?? 0) + seconds;
        rest -= seconds;
      }
      parts[part] = (parts[part] ?? 0) + rest;
      at = now;
    },
  };
};

/** What the parent asked for, from the command line. */
export const asked = <Input>(): Input => JSON.parse(process.argv[2] ?? '{}') as Input;

/** Hands the report to the parent, on a line of its own. */
export const report = (found: Omit<StageReport, 'peakMib' | 'cpuSeconds'>): void => {
  const { user, system } = process.cpuUsage();
  const cpuSeconds = (user + system) / 1e6;
  console.log(JSON.stringify({ ...found, cpuSeconds, peakMib: peakMib() } satisfies StageReport));
};
