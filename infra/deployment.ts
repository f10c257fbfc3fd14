import { readFileSync } from 'node:fs';
import { HoldfastError } from '../shared/basics/problem.ts';
import { loadConfig } from '../shared/config/load-config.ts';
import type { Config } from '../shared/config/schema.ts';

/** A config that can be deployed: its warehouse is Athena. */
export type AthenaConfig = Config & { warehouse: Extract<Config['warehouse'], { kind: 'athena' }> };

/** What a stack is made of. */
export interface Deployment {
  readonly stage: string;
  readonly config: AthenaConfig;
  /** holdfast.yaml word for word, for the functions to carry. */
  readonly configText: string;
}

const STAGE = /^[a-z][a-z0-9]{0,15}$/;

/** Refuses before anything is synthesised what would fail, or never run, once deployed. */
export const readDeployment = (file: string, stage: string): Deployment => {
  if (!STAGE.test(stage)) {
    const expected = 'lower-case letters and digits, such as prod or staging';
    throw refused('context stage', `"${stage}"`, expected, 'Pass -c stage=prod.');
  }
  const configText = textOf(file);
  const config = loadConfig({ text: configText, file });
  if (!isAthena(config)) {
    const found = `"${config.warehouse.kind}"`;
    const fix =
      'Pass -c config=<file> of a config for Athena; a local one runs with `npx holdfast`.';
    throw refused(
      `${file} warehouse.kind`,
      found,
      '"athena", the warehouse a stack can reach',
      fix,
    );
  }
  return { stage, config, configText };
};

/** Names that must be unique in an account carry the stage, but for the stage that people query. */
export const stageName = (name: string, stage: string, joint: '-' | '_'): string =>
  stage === 'prod' ? name : `${name}${joint}${stage}`;

const isAthena = (config: Config): config is AthenaConfig => config.warehouse.kind === 'athena';

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const fix = 'Pass -c config=<file>, or run it where holdfast.yaml lies.';
    throw refused(file, 'no file that can be read', 'a holdfast.yaml', fix, cause);
  }
}

function refused(where: string, found: string, expected: string, fix: string, cause?: unknown) {
  return new HoldfastError('config', [{ where, found, expected, fix }], { cause });
}
