import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { configJsonSchema } from '../../../functions/cli/commands/schema.ts';
import { HoldfastError } from '../../../shared/basics/problem.ts';
import { loadConfig } from '../../../shared/config/load-config.ts';
import { cronProblem } from '../../../shared/config/schedule.ts';
import { soundConfig } from '../../kit/company-folder.ts';

const problemsOf = (text: string) => {
  try {
    loadConfig({ text, file: 'f.yaml' });
    return [];
  } catch (error) {
    return (error as HoldfastError).problems;
  }
};

describe('holdfast.yaml', () => {
  test('little needs saying: the rest has defaults that fit together', () => {
    const config = loadConfig({ text: soundConfig(), file: 'f.yaml' });
    const dimensions = Object.values(config.model.dimensions);
    expect(dimensions.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
    expect(config.segments.map(({ id }) => id)).toEqual(['enterprise', 'mid_market', 'smb']);
    expect(config.schedules['score-accounts']).toBe('0 5 * * ? *');
  });

  test('segments of one’s own need no variants of one’s own', () => {
    const segments = 'segments: [{ id: everybody, name: Everybody, motion: pooled }]';
    expect(problemsOf(soundConfig(segments))).toEqual([]);
  });

  test('every problem is told at once, each at its own line', () => {
    const line = soundConfig().split('\n').length;
    const problems = problemsOf(soundConfig('time_zone: Nowhere\ncolour: red'));
    expect(problems.map(({ where }) => where)).toEqual([
      `f.yaml:${line}:1 time_zone`,
      `f.yaml:${line + 1}:1 colour`,
    ]);
  });

  test.each([
    [
      'no warehouse',
      'sources: { accounts: { table: a }, contracts: { table: c } }',
      'warehouse',
      'Add it.',
    ],
    [
      'no required source',
      'warehouse: { kind: duckdb, path: w }\nsources: { accounts: { table: a } }',
      'sources.contracts',
      'Add it.',
    ],
    [
      'another kind of warehouse',
      'warehouse: { kind: duckbd, path: w }',
      'warehouse.kind',
      'Correct it.',
    ],
    [
      'table and select',
      soundConfig().replace('{ table: accounts }', '{ table: accounts, select: SELECT 1 }'),
      'sources.accounts',
      'Correct it.',
    ],
    [
      'a table name that is SQL',
      soundConfig().replace('table: accounts', 'table: "accounts; DROP TABLE x"'),
      'sources.accounts.table',
      'Correct it.',
    ],
    [
      'an unknown column',
      soundConfig().replace('{ table: accounts }', '{ table: accounts, columns: { nam: title } }'),
      'sources.accounts.columns.nam',
      'Did you mean "name"?',
    ],
    [
      'segments that leave accounts over',
      soundConfig('segments: [{ id: big, name: Big, arr_at_least: 5 }]'),
      'segments',
      'Correct it.',
    ],
    [
      'a variant for a segment that is not there',
      soundConfig('model: { variants: [{ segments: [smbs], weights: { nps: 1 } }] }'),
      'model.variants.0.segments.0',
      'Correct it.',
    ],
    [
      'a weight of a measure that is not there',
      soundConfig('model: { variants: [{ weights: { npz: 1 } }] }'),
      'model.variants.0.weights.npz',
      'Did you mean "nps"?',
    ],
    [
      'a motion that is not there',
      soundConfig('segments: [{ id: all, name: All, motion: high_tech }]'),
      'segments.0.motion',
      'Correct it.',
    ],
    [
      'a play that is not there',
      soundConfig('risk: { play_of_flag: { silence: sing } }'),
      'risk.play_of_flag.silence',
      'Correct it.',
    ],
    [
      'a war room for a segment that is not there',
      soundConfig('risk: { war_room: { segments: [whales] } }'),
      'risk.war_room.segments.0',
      'Correct it.',
    ],
    [
      'a flag that is not there',
      soundConfig('risk: { flags: { usage_declin: { enabled: false } } }'),
      'risk.flags.usage_declin',
      'Did you mean "usage_decline"?',
    ],
  ])('%s', (_, text, where, fix) => {
    const found = problemsOf(text).find((problem) => problem.where.endsWith(` ${where}`));
    expect(found).toMatchObject({ fix });
  });

  test('the schema that editors read is the one that is checked', () => {
    const shipped = readFileSync(
      join(import.meta.dirname, '../../../docs/holdfast.schema.json'),
      'utf8',
    );
    expect(JSON.parse(shipped), 'run npm run schema').toEqual(
      JSON.parse(JSON.stringify(configJsonSchema())),
    );
  });

  test('the error is one of config and not of data', () => {
    expect(() => loadConfig({ text: 'a: 1', file: 'f' })).toThrow(HoldfastError);
  });
});

describe('schedules', () => {
  test.each([
    '0 5 * * ? *',
    '30 6 ? * MON-FRI *',
    '0/15 8-18 * * ? *',
    '0 0 1 * ? *',
    '0 3 L * ? *',
    '59 23 ? * 2#1 *',
  ])('%s is a cron', (cron) => expect(cronProblem(cron)).toBeNull());

  test.each([
    ['30 2 * * ? *', 'daylight'],
    ['0 1 * * ? *', 'daylight'],
    ['0 * * * ? *', 'daylight'],
    ['0 0-4 * * ? *', 'daylight'],
    ['0 0/2 * * ? *', 'daylight'],
    ['0 5 * * *', 'six fields'],
    ['0 25 * * ? *', 'hour'],
    ['61 5 * * ? *', 'minute'],
    ['0 5 * * * *', '"?"'],
    ['0 5 ? * ? *', '"?"'],
    ['daily', 'six fields'],
  ])('%s is not, or not a safe one', (cron, words) => {
    expect(cronProblem(cron)).toContain(words);
  });
});
