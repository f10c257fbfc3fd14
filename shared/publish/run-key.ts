import type { Day } from '../basics/day.ts';
import { canonicalJson, sha256 } from '../basics/digest.ts';

/** Which run this is: the same job, day, config, definitions and revision give the same key. */
export interface Run {
  readonly job: string;
  readonly asOf: Day;
  readonly key: string;
  readonly configHash: string;
  /** 1, and one more each time the day is computed anew from a corrected warehouse. */
  readonly revision: number;
  readonly definitions: Definitions;
}

/** What the figures of a run mean; printed with them. */
export interface Definitions {
  readonly id: string;
  readonly hash: string;
  /** All that the config says about them, so that a figure can be read long after. */
  readonly meaning: Readonly<Record<string, unknown>>;
}

export const definitionsOf = (
  id: string,
  meaning: Readonly<Record<string, unknown>>,
): Definitions => ({ id, hash: sha256(canonicalJson(meaning)).slice(0, 16), meaning });

export const runOf = (options: {
  job: string;
  asOf: Day;
  config: unknown;
  definitions: Definitions;
  revision: number;
}): Run => {
  const { job, asOf, config, definitions, revision } = options;
  const configHash = sha256(canonicalJson(config)).slice(0, 16);
  const key = sha256(canonicalJson({ job, asOf, configHash, definitions, revision })).slice(0, 16);
  return { job, asOf, key, configHash, revision, definitions };
};

export const runFolder = ({ job, asOf, key }: Pick<Run, 'job' | 'asOf' | 'key'>): string =>
  `runs/${job}/${asOf}/${key}`;
