import type { Day } from '../basics/day.ts';
import type { Config } from '../config/schema.ts';
import type { Clock } from '../ports/clock.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Progress } from '../ports/progress.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import type { Manifest } from '../publish/manifest.ts';
import type { Table } from '../publish/table.ts';

/** What a job works on. */
export interface JobInput {
  readonly asOf: Day;
  readonly config: Config;
  /** Left out: 1. A later one computes the day anew, beside what was published of it before. */
  readonly revision?: number;
}

/** What a job works with: everything that touches the world. */
export interface JobPorts {
  readonly warehouse: Warehouse;
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly progress: Progress;
}

/** What came of a run. */
export interface JobOutcome {
  readonly manifest: Manifest;
  /** False when an earlier attempt had committed and this one only published again. */
  readonly computed: boolean;
  /** False when a later day is already the latest. */
  readonly latest: boolean;
}

/** Gathers, decides, delivers. Safe to run again for the same day, from any point of failure. */
export interface Job {
  readonly name: keyof Config['schedules'];
  readonly purpose: string;
  readonly tables: readonly Table[];
  readonly run: (input: JobInput, ports: JobPorts) => Promise<JobOutcome>;
}

/**
 * The part of the config that decides figures, for the run key: where the warehouse stands, when
 * jobs run and who is called change nothing in what a run says.
 */
export const figureConfig = ({
  warehouse: _warehouse,
  schedules: _schedules,
  operations: _operations,
  ...figures
}: Config): Partial<Config> => figures;
