import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { companyFolder, soundConfig, soundTables, type Tables } from '../../kit/company-folder.ts';
import { runCli } from '../../kit/run-cli.ts';

const AS_OF = '2026-11-22';

const runOn = ({ config, out }: { config: string; out: string }) =>
  runCli('run', 'score-accounts', '--config', config, '--as-of', AS_OF, '--out', out);

const run = async (change: { tables?: Tables; config?: string }) => {
  const { config, out } = companyFolder(change);
  const result = await runOn({ config, out });
  return { ...result, written: existsSync(out) };
};

const contractsWith = (line: string) => ({ contracts: `${soundTables.contracts}\n${line}` });

describe('a broken required source stops the run before anything is written', () => {
  test.each<[string, Tables, string[]]>([
    [
      'duplicate keys',
      { accounts: `${soundTables.accounts}\nA-1,Again,SMB,EMEA,` },
      [
        'source accounts, column account_id',
        'a key that another row has too in 2 rows of 4',
        'A-1',
        'unique',
      ],
    ],
    [
      'null keys',
      { accounts: `${soundTables.accounts}\n,Nameless Key,SMB,EMEA,` },
      ['source accounts, column account_id', 'no value in 1 row of 4', 'null'],
    ],
    [
      'orphan rows',
      contractsWith('C-9,A-404,2026-01-01,2027-01-01,5,USD,,,,'),
      ['source contracts, column account_id', 'not in accounts in 1 row of 4', 'C-9 / A-404'],
    ],
    [
      'an unknown currency',
      contractsWith('C-9,A-1,2026-01-01,2027-01-01,5,XAU,,,,'),
      [
        'source contracts, column currency',
        'C-9 / A-1 (currency "XAU")',
        'USD, EUR',
        'currency.rates',
      ],
    ],
    [
      'an end before its start',
      contractsWith('C-9,A-1,2026-02-01,2026-01-01,5,USD,,,,'),
      [
        'source contracts, column end_date',
        'an end that is not after the start in 1 row',
        'C-9 / A-1 (end_date "2026-01-01")',
      ],
    ],
    [
      'negative ARR',
      contractsWith('C-9,A-1,2026-01-01,2027-01-01,-5,USD,,,,'),
      [
        'source contracts, column arr',
        'values out of range in 1 row',
        '(arr "-5")',
        'from 0 to 100,000,000,000',
      ],
    ],
    [
      'text where a number belongs',
      contractsWith('C-9,A-1,2026-01-01,2027-01-01,a lot,USD,,,,'),
      ['source contracts, column arr', 'cannot be read as an amount', '(arr "a lot")'],
    ],
    [
      'a missing column',
      { contracts: soundTables.contracts.replace('end_date', 'until_date') },
      ['source contracts, column end_date', 'no column "end_date"', 'the nearest name is'],
    ],
    [
      'an empty table',
      { contracts: soundTables.contracts.split('\n')[0] ?? '' },
      ['source contracts', 'no rows'],
    ],
    [
      'a missing table',
      { contracts: null },
      ['source contracts', 'contracts', 'Correct sources.contracts.table'],
    ],
  ])('%s', async (_, tables, words) => {
    const { code, err, written } = await run({ tables });
    expect(code).toBe(1);
    for (const word of words) expect(err).toContain(word);
    expect(err).toContain('nothing was written');
    expect(written).toBe(false);
  });
});

describe('what is odd but usable is told and used', () => {
  test.each<[string, Tables, string[]]>([
    [
      'a date in year 2090',
      contractsWith('C-9,A-1,2026-01-01,2090-01-01,5,USD,,,,'),
      ['date_out_of_range', '(end_date "2090-01-01")'],
    ],
    [
      'zero ARR',
      contractsWith('C-9,A-1,2026-01-01,2027-01-01,0,USD,,,,'),
      ['zero_value', 'C-9 / A-1'],
    ],
  ])('%s', async (_, tables, words) => {
    const { config, out } = companyFolder({ tables });
    const ran = await runOn({ config, out });
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.out).toContain('1 finding in data_quality');
    const told = await runCli('doctor', '--config', config, '--as-of', AS_OF);
    expect(told.code).toBe(1);
    for (const word of words) expect(told.out).toContain(word);
  });
});

describe('a broken or missing optional source degrades by name', () => {
  test.each<[string, Tables, string]>([
    [
      'an unknown severity',
      { support_tickets: `${soundTables.support_tickets}\nT-9,A-1,2026-11-01 09:00:00,,urgent,,,` },
      'support_tickets is broken: severity has values the rules do not know',
    ],
    ['a missing table', { survey_responses: null }, 'survey_responses is broken'],
    [
      'an empty table',
      { usage_daily: soundTables.usage_daily.split('\n')[0] ?? '' },
      'usage_daily is broken',
    ],
    [
      'old news',
      { usage_daily: 'account_id,day,sessions\nA-1,2026-11-01,5' },
      'usage_daily is stale: its last day is 2026-11-01, 20 days before',
    ],
  ])('%s', async (_, tables, words) => {
    const { code, out } = await run({ tables });
    expect(code).toBe(0);
    expect(out).toContain('Degraded: ');
    expect(out).toContain(words);
  });

  test('a source that is not configured is no fault, but its measures say so', async () => {
    const config = soundConfig().replace(/ {2}survey_responses.*\n/, '');
    const folder = companyFolder({ config });
    const { out } = await runCli('doctor', '--config', folder.config, '--as-of', AS_OF);
    expect(out).toContain('measure nps unknown: survey_responses is not configured');
  });

  test('a recipient whom no mail may reach is told before a week has passed', async () => {
    const mail = `${soundConfig()}
mail: { mode: send, from: success@acme.example, allowed_domains: [acme.example] }
reports: { weekly_summary: { recipients: [{ address: ceo@acme.example }, { address: board@fund.example }] } }
`;
    const folder = companyFolder({ config: mail });
    const { code, out } = await runCli('doctor', '--config', folder.config, '--as-of', AS_OF);
    expect(code).toBe(1);
    expect(out).toMatch(/warning mail: .*recipients: found board@fund\.example, which is of fund/);
    expect(out).toMatch(/warning mail: accounts\.owner_email: found \S+@harbourline\.example/);
    expect(out).not.toContain('found ceo@acme.example');
  });
});

describe('names of every kind pass through unharmed and harm nobody', () => {
  test.each([
    ['markup', '<script>alert(1)</script>'],
    ['quotes', `O'Brien "Quoted" ; DROP TABLE accounts`],
    ['emoji', '🦭 Seal & Söhne'],
    ['right-to-left marks', '\u202eevil\u202c\u200f'],
    ['10,000 characters', 'x'.repeat(10_000)],
  ])('%s', async (_, name) => {
    const quoted = `"${name.replaceAll('"', '""')}"`;
    const tables = { accounts: soundTables.accounts.replace('Vireo Labs', quoted) };
    const { config, out } = companyFolder({ tables });
    const ran = await runOn({ config, out });
    expect(ran).toMatchObject({ code: 0 });
    const explained = await runCli('explain', 'A-3', '--out', out);
    expect(explained.code).toBe(0);
    expect(explained.out).not.toMatch(/\p{Bidi_Control}/u);
    expect(explained.out.split('\n')[0]?.length).toBeLessThan(120);
    expect(explained.out).toContain(
      [...name.replace(/\p{Bidi_Control}/gu, '')].slice(0, 20).join(''),
    );
  });
});

describe('a config that cannot be used says where and why, with exit code 2', () => {
  const at = (text: string) => soundConfig(text).split('\n').length - text.split('\n').length + 1;

  test.each<[string, string, (line: number) => string[]]>([
    [
      'a wrong type',
      'data_quality: { orphan_share: lots }',
      (line) => [`:${line}:17 data_quality.orphan_share`, 'found     "lots"', 'expected  number'],
    ],
    [
      'an unknown key',
      'time_zon: Europe/London',
      (line) => [`:${line}:1 time_zon`, 'an unknown key "time_zon"', 'Did you mean "time_zone"?'],
    ],
    [
      'an unknown measure',
      'model: { dimensions: { usage: { measures: { usage_trand: { weight: 5 } } } } }',
      (line) => [`:${line}:45 `, '"usage_trand"', 'Did you mean "usage_trend"?'],
    ],
    [
      'weights that do not fit',
      'model: { dimensions: { usage: { measures: { usage_trend: { weight: 5 } } } } }',
      (line) => [`:${line}:24 model.dimensions.usage`, 'to sum to 24; they sum to 20'],
    ],
    [
      'a curve that goes up and down',
      'model: { dimensions: { usage: { measures: { seat_use: { curve: [[0, 0], [1, 90], [2, 10]] } } } } }',
      () => ['seat_use.curve', 'only rise or only fall'],
    ],
    [
      'a cron at 02:30 local',
      'schedules: { score-accounts: "30 2 * * ? *" }',
      (line) => [`:${line}:14 schedules.score-accounts`, '"30 2 * * ? *"', 'daylight saving'],
    ],
    [
      'an unknown time zone',
      'time_zone: Europe/Londn',
      (line) => [`:${line}:1 time_zone`, '"Europe/Londn"', 'Did you mean "Europe/London"?'],
    ],
    ['text that is not YAML', 'model: [', (line) => [`:${line}`, 'not YAML']],
  ])('%s', async (_, extra, words) => {
    const { code, err, written } = await run({ config: soundConfig(extra) });
    expect(code).toBe(2);
    for (const word of words(at(extra))) expect(err).toContain(word);
    expect(written).toBe(false);
  });

  test.each<[string, string[], string]>([
    ['no file', ['doctor', '--config', '/nowhere/holdfast.yaml'], 'ENOENT'],
    ['an unknown job', ['run', 'score-acounts', '--as-of', AS_OF], 'no job "score-acounts"'],
    ['an impossible day', ['run', 'score-accounts', '--as-of', '2026-02-30'], 'YYYY-MM-DD'],
    ['no day', ['run', 'score-accounts'], '--as-of'],
    ['an unknown command', ['dance'], 'dance'],
    ['an unknown option', ['doctor', '--colour'], '--colour'],
    ['too many accounts', ['demo', '--accounts', '2000000'], '1,000,000'],
    ['nothing to explain yet', ['explain', 'A-1', '--out', '/nowhere/results'], 'no published run'],
  ])('%s', async (_, words, said) => {
    const { code, err } = await runCli(...words);
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining(said) });
  });
});

/** No open file takes another byte, until it is restored. */
const fullDisk = async (): Promise<() => void> => {
  const file = await open(import.meta.filename);
  const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  const spy = vi.spyOn(Object.getPrototypeOf(file), 'writeFile').mockRejectedValue(full);
  await file.close();
  return () => spy.mockRestore();
};

describe('a place that takes no results', () => {
  test('a file where the results folder should be', async () => {
    const { config, out } = companyFolder();
    writeFileSync(out, 'in the way');
    const { code, err } = await runOn({ config, out });
    expect(code).toBe(1);
    expect(err).toContain(out);
    expect(err).toContain('--out');
  });

  // Root may write anywhere, so this one needs an ordinary user.
  test.skipIf(process.getuid?.() === 0)('a folder without write permission', async () => {
    const { config, out } = companyFolder();
    mkdirSync(out);
    chmodSync(out, 0o500);
    const { code, err } = await runOn({ config, out });
    expect(code).toBe(1);
    expect(err).toContain('EACCES');
    expect(err).toContain('Give this user write permission');
  });

  test('a disk that is full half way: nothing is left behind', async () => {
    const { config, out } = companyFolder();
    const restore = await fullDisk();
    const { code, err } = await runOn({ config, out }).finally(restore);
    expect(code).toBe(1);
    for (const word of [out, 'ENOSPC', 'Free some space']) expect(err).toContain(word);
    const left = readdirSync(out, { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile())).toEqual([]);
  });

  test('a warehouse that is not there', async () => {
    const config = soundConfig().replace('path: warehouse', 'path: elsewhere');
    const { code, err, written } = await run({ config });
    expect({ code, written }).toEqual({ code: 1, written: false });
    expect(err).toContain(join('elsewhere'));
  });
});
