import type { Day } from '../basics/day.ts';
import { canonicalJson, sha256 } from '../basics/digest.ts';

/** Which run this is: the same job, day, config and definitions give the same key. */
export interface Run {
  readonly job: string;
  readonly asOf: Day;
  readonly key: string;
  readonly configHash: string;
  readonly definitions: Definitions;
}

/** What the figures of a run mean; printed with them. */
export interface Definitions {
  readonly id: string;
  readonly hash: string;
}

export const definitionsOf = (id: string, meaning: unknown): Definitions => ({
  id,
  hash: sha256(canonicalJson(meaning)).slice(0, 16),
});

export const runOf = (options: {
  job: string;
  asOf: Day;
  config: unknown;
  definitions: Definitions;
}): Run => {
  const { job, asOf, config, definitions } = options;
  const configHash = sha256(canonicalJson(config)).slice(0, 16);
  const key = sha256(canonicalJson({ job, asOf, configHash, definitions })).slice(0, 16);
  return { job, asOf, key, configHash, definitions };
};

export const runFolder = ({ job, asOf, key }: Run): string => `runs/${job}/${asOf}/${key}`;
