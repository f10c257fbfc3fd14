import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDeployment } from '../../infra/deployment.ts';
import { temporaryFolder } from '../kit/company-folder.ts';
import { exampleFile, root } from './synthesised.ts';

const example = readFileSync(exampleFile, 'utf8');

const configWith = (from: string | RegExp, to: string): string => {
  const file = join(temporaryFolder(), 'holdfast.yaml');
  const text = example.replace(from, to);
  if (text === example) throw new Error(`${from} is not in the example`);
  writeFileSync(file, text);
  return file;
};

describe('before anything is synthesised', () => {
  test('the example is read, word for word', () => {
    const { config, configText, stage } = readDeployment(exampleFile, 'prod');
    expect(configText).toBe(example);
    expect(stage).toBe('prod');
    expect(config.warehouse.kind).toBe('athena');
    expect(Object.values(config.sources).every((source) => source !== undefined)).toBe(true);
    expect(example).toMatch(/^# yaml-language-server: \$schema=\.\/docs\/holdfast\.schema\.json\n/);
  });

  test.each([
    ['a cron that daylight saving skips', '0 5 * * ? *', '30 2 * * ? *', 'daylight saving'],
    ['a cron of five fields', '0 5 * * ? *', '0 5 * * *', 'six fields'],
    ['an unknown zone', 'Europe/London', 'Europe/Lodnon', 'Did you mean "Europe/London"?'],
    ['an unknown word', 'workgroup: holdfast', 'work_group: holdfast', 'work_group'],
    [
      'an address that is none',
      'data-platform@harbourline.example',
      'data-platform',
      'alarm_email',
    ],
  ])('%s is refused', (_, from, to, words) => {
    expect(() => readDeployment(configWith(from, to), 'prod')).toThrow(words);
  });

  test('a local warehouse is refused', () => {
    const local = configWith(
      /warehouse:\n( {2}.*\n)+/,
      'warehouse: { kind: duckdb, path: warehouse }\n',
    );
    expect(() => readDeployment(local, 'prod')).toThrow(/warehouse\.kind: found "duckdb"/);
  });

  test('a file that is not there is named', () => {
    expect(() => readDeployment('nowhere/holdfast.yaml', 'prod')).toThrow(
      /^nowhere\/holdfast\.yaml: found no file/,
    );
  });

  test.each(['', 'Prod', 'my-stage', '../prod', 'a-very-long-name-of-a-stage'])(
    'the stage "%s" is refused',
    (stage) => {
      expect(() => readDeployment(exampleFile, stage)).toThrow('context stage');
    },
  );
});

test('the app ends with the problem, and without a stack trace', () => {
  const config = configWith('0 5 * * ? *', '30 2 * * ? *');
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'infra/app.ts'],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, CDK_CONTEXT_JSON: JSON.stringify({ config }) },
    },
  );
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain('schedules.score-accounts: found "30 2 * * ? *"');
  expect(stderr).not.toMatch(/^\s+at /m);
});
