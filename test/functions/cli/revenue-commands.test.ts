import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { folderObjectStore } from '../../../functions/adapters/local/folder-object-store.ts';
import { writeSampleCompany } from '../../../functions/cli/sample-company/write-sample-company.ts';
import { sampleConfig } from '../../../functions/cli/sample-config.ts';
import { retentionMethods } from '../../../shared/config/revenue.ts';
import { partitionPath } from '../../../shared/publish/publication.ts';
import { readTable } from '../../../shared/publish/read-table.ts';
import { arrBridge } from '../../../shared/publish/revenue-tables.ts';
import { movementKinds } from '../../../shared/revenue/movements.ts';
import { companyFolder, soundConfig, soundTables, type Tables } from '../../kit/company-folder.ts';
import { temporaryFolderUntilTheEnd, written } from '../../kit/lasting-folder.ts';
import { runCli } from '../../kit/run-cli.ts';
import { asOf } from '../../kit/scored-company.ts';

type Told = Awaited<ReturnType<typeof runCli>>;

let config: string;
let out: string;
let ran: Told;

beforeAll(async () => {
  const folder = temporaryFolderUntilTheEnd();
  await writeSampleCompany({ folder: join(folder, 'warehouse'), accounts: 300, asOf, seed: 1 });
  config = written(folder, 'holdfast.yaml', sampleConfig);
  out = join(folder, 'out');
  ran = await runCli('run', 'rollup-revenue', '--config', config, '--as-of', asOf, '--out', out);
}, 120_000);

/** What stands in a line between its title and its end, as words. */
const wordsOf = (text: string, title: string): string[] => {
  const line = text.split('\n').find((words) => words.trim().startsWith(`${title} `));
  expect(line, `a line that begins with ${title}`).toBeDefined();
  return (line ?? '')
    .trim()
    .slice(title.length)
    .trim()
    .split(/\s{2,}/);
};

const MONEY = /^-?\$[\d.,]+[kMB]?$/;
const PERCENT = /^[\d.]+ ?%$/;

describe('run rollup-revenue', () => {
  test('ends well and prints NRR by segment beside its targets', () => {
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.out).toContain('Revenue as of 2026-11-22');
    expect(ran.out).toMatch(/twelve months +customers +opening +closing +NRR +target/);
    for (const segment of ['enterprise', 'mid_market', 'smb', 'all']) {
      const [customers, opening, closing, nrr, target] = wordsOf(ran.out, segment);
      expect(Number(customers), segment).toBeGreaterThan(0);
      for (const money of [opening, closing]) expect(money).toMatch(MONEY);
      for (const share of [nrr, target]) expect(share).toMatch(PERCENT);
    }
  });

  test('prints the bridge of the last months and the definitions', () => {
    expect(ran.out).toContain('The bridge');
    const months = ran.out.match(/^ {2}\d{4}-\d\d-01 to \d{4}-\d\d-\d\d .*\$/gm);
    expect(months?.length).toBe(6);
    expect(months?.at(-1)).toContain('2026-11-01 to 2026-11-22');
    expect(ran.out).toMatch(/^Definitions revenue-\d+ [\da-f]{16}, method point_to_point/m);
  });
});

describe('definitions', () => {
  test('prints id and hash, as the run does', async () => {
    const told = await runCli('definitions', '--config', config);
    expect(told).toMatchObject({ code: 0 });
    const [named] = /Definitions revenue-\d+ [\da-f]{16}/.exec(told.out) ?? [];
    expect(named).toBeDefined();
    expect(ran.out).toContain(named);
  });

  test.each([
    ['revenue', 'rollup: ultimate_parent'],
    ['carr', 'subtract_known_churn: true'],
    ['churn', 'recognition: effective'],
    ['churn', 'grace_days: 0'],
    ['renewal', 'late_grace_days: 30'],
    ['reactivation', 'window_days: null'],
    ['reactivation', 'in_nrr: false'],
    ['expansion', 'include_escalators: false'],
    ['retention', 'method: point_to_point'],
    ['retention', 'attribute_at: closing'],
    ['retention', 'smallest_cohort: 5'],
    ['currency', 'basis: constant'],
    ['currency', 'reporting: USD'],
  ])('prints the switch %s.%s', async (field, value) => {
    const { out: text } = await runCli('definitions', '--config', config);
    expect(text).toMatch(new RegExp(`^  ${field}:\n(?: {4}.*\n)*? {4}${value}$`, 'm'));
  });

  test('has another hash under another switch', async () => {
    const hashOf = async (extra: string) => {
      const folder = companyFolder({ config: soundConfig(extra) });
      const told = await runCli('definitions', '--config', folder.config);
      return /Definitions \S+ (\S+)/.exec(told.out)?.[1];
    };
    expect(await hashOf('churn: { recognition: notice }')).not.toBe(await hashOf(''));
  });
});

describe('compare-definitions', () => {
  let told: Told;
  beforeAll(async () => {
    told = await runCli('compare-definitions', '--config', config, '--as-of', asOf);
  }, 120_000);

  test('has the three methods side by side', () => {
    expect(told).toMatchObject({ code: 0 });
    for (const method of retentionMethods) {
      const words = method.replaceAll('_', ' ').replace('monthly ', '');
      expect(told.out).toContain(`NRR ${words}`);
      expect(told.out).toContain(`GRR ${words}`);
    }
  });

  test('has the figures of the run as configured', () => {
    const [arr, carr, nrr, compound, waterfall, grr] = wordsOf(told.out, 'as configured');
    expect(ran.out).toContain(`\nARR ${arr}, `);
    expect(ran.out).toContain(`; contracted ${carr}. `);
    expect(wordsOf(ran.out, 'all')).toEqual(expect.arrayContaining([nrr, grr]));
    expect(ran.out).toContain(`By monthly_compound: NRR ${compound}, `);
    expect(ran.out).toContain(`By waterfall: NRR ${waterfall}, `);
  });

  test.each([
    'churn.recognition: notice',
    'churn.grace_days: 30',
    'renewal.late_grace_days: 0',
    'reactivation.window_days: 365',
    'reactivation.in_nrr: true',
    'expansion.include_escalators: true',
    'carr.subtract_known_churn: false',
    'retention.attribute_at: opening',
    'currency.basis: spot',
    'revenue.rollup: account',
  ])('has a line for %s', (title) => {
    const [arr, carr, ...shares] = wordsOf(told.out, title);
    expect(arr).toMatch(MONEY);
    expect(carr).toMatch(MONEY);
    expect(shares.length).toBe(7);
    for (const share of shares) expect(share).toMatch(PERCENT);
  });
});

const movements = (from: string, to: string, ...more: string[]) =>
  runCli('movements', '--config', config, '--from', from, '--to', to, ...more);

describe('movements', () => {
  test('are those of the bridge of the month, to the cent', async () => {
    const told = await movements('2026-10-01', '2026-11-01', '--as-of', asOf);
    expect(told).toMatchObject({ code: 0, err: '' });
    const rows = await readTable(folderObjectStore(out), arrBridge, {
      path: partitionPath(arrBridge.name, asOf),
    });
    const month = rows?.find(
      (row) => row.cut === 'all' && row.month === '2026-10-01' && row.month_end === '2026-11-01',
    );
    expect(month).toBeDefined();
    for (const kind of ['opening', ...movementKinds, 'closing'] as const) {
      const printed = wordsOf(told.out, kind).at(-1)?.replace(/[,.]/g, '');
      expect(Number(printed), kind).toBe(month?.[`${kind}_arr_cents`]);
    }
    expect(month?.opening_arr_cents).toBeGreaterThan(0);
    expect(month?.closing_arr_cents).not.toBe(month?.opening_arr_cents);
  });

  test('are of the whole in the last column', async () => {
    const told = await movements('2026-10-01', '2026-11-01', '--as-of', asOf);
    expect(told.out).toMatch(/^ {2,}\S.* {2}all$/m);
  });

  test.each([
    ['a first day after the last', '2026-11-01', '2026-10-01'],
    ['no days at all', '2026-11-01', '2026-11-01'],
  ])('are refused with %s', async (_, from, to) => {
    const told = await movements(from, to);
    expect(told).toMatchObject({ code: 2, out: '' });
    expect(told.err).toContain(`--from ${from}, --to ${to}`);
    expect(told.err).toContain('--from before --to');
  });
});

describe('a day yet to come is refused', () => {
  test.each<[string, string[]]>([
    ['to move to', ['movements', '--from', '2026-10-01', '--to', '2040-01-01']],
    [
      'to know movements from',
      ['movements', '--from', '2026-10-01', '--to', '2026-11-01', '--as-of', '2040-01-01'],
    ],
    ['to compare definitions on', ['compare-definitions', '--as-of', '2040-01-01']],
  ])('%s', async (_, words) => {
    const told = await runCli(...words, '--config', config);
    expect(told).toMatchObject({ code: 2, out: '' });
    expect(told.err).toContain('2040-01-01');
    expect(told.err).toMatch(/yet to come|up to --as-of/);
  });
});

const rolledUp = async (change: { tables?: Tables; config?: string }) => {
  const folder = companyFolder(change);
  const place = ['--config', folder.config, '--as-of', asOf, '--out', folder.out];
  const told = await runCli('run', 'rollup-revenue', ...place);
  return { ...told, written: existsSync(folder.out) };
};

test('an unknown method is refused with its line and those that are known', async () => {
  const unwell = soundConfig('retention: { method: average }');
  const line = unwell.split('\n').length;
  const told = await rolledUp({ config: unwell });
  expect(told).toMatchObject({ code: 2, written: false });
  expect(told.err).toMatch(new RegExp(`holdfast\\.yaml:${line}:\\d+ retention\\.method`));
  expect(told.err).toContain('"average"');
  for (const method of retentionMethods) expect(told.err).toContain(method);
});

const contractsWith = (line: string) => ({ contracts: `${soundTables.contracts}\n${line}` });

describe('contracts that cannot be counted stop the run before anything is written', () => {
  test.each<[string, Tables, string[]]>([
    [
      'one without an end',
      contractsWith('C-9,A-1,2026-01-01,,5,USD,,,,'),
      ['source contracts, column end_date', 'in 1 row of 4', 'C-9'],
    ],
    [
      'a term of no length',
      contractsWith('C-9,A-1,2026-01-01,2026-01-01,5,USD,,,,'),
      ['source contracts, column end_date', 'an end that is not after the start in 1 row', 'C-9'],
    ],
    [
      'none at all',
      { contracts: soundTables.contracts.split('\n')[0] ?? '' },
      ['source contracts', 'no rows'],
    ],
  ])('%s', async (_, tables, words) => {
    const told = await rolledUp({ tables });
    expect(told).toMatchObject({ code: 1, written: false });
    for (const word of words) expect(told.err).toContain(word);
    expect(told.err).toContain('nothing was written');
  });
});

const lined = (...lines: string[]) => ({
  contracts: [
    'contract_id,account_id,start_date,end_date,arr,currency,product,renewed_by',
    'C-1,A-1,2025-01-01,2027-01-01,240000,USD,Core,',
    'C-3,A-3,2026-06-01,2027-06-01,6000,USD,Core,',
    ...lines,
  ].join('\n'),
});

const parents = (own: string) => ({
  accounts: `account_id,name,segment,region,owner_email,parent_account_id
A-1,Meridian Retail,Enterprise,EMEA,,${own}
A-2,Corvid Bank,Mid-market,APAC,,
A-3,Vireo Labs,SMB,EMEA,,`,
});

describe('what is odd but counts is told before the figures', () => {
  test.each<[string, Tables, string]>([
    [
      'lines of one product that overlap',
      lined('C-9,A-1,2026-01-01,2027-06-01,1000,USD,Core,'),
      'contracts.overlapping_lines',
    ],
    [
      'a line that is renewed by itself',
      lined('C-9,A-2,2026-01-01,2027-01-01,1000,USD,Core,C-9'),
      'contracts.renewed_by_itself',
    ],
    [
      'lines that renew each other',
      lined(
        'C-8,A-2,2025-01-01,2026-01-01,1000,USD,Core,C-9',
        'C-9,A-2,2026-01-01,2027-01-01,1000,USD,Core,C-8',
      ),
      'contracts.renewed_in_a_circle',
    ],
    ['an account that is its own parent', parents('A-1'), 'accounts.own_parent'],
  ])('%s', async (_, tables, finding) => {
    const told = await rolledUp({ tables });
    expect(told).toMatchObject({ code: 0, written: true });
    const head = told.out.slice(0, told.out.indexOf('The bridge'));
    expect(head).toMatch(/^Told by the checks: /m);
    expect(head).toContain(finding);
    expect(head.split('\n').findIndex((line) => line.includes(finding))).toBeLessThan(8);
  });

  test('and nothing is where nothing is odd', async () => {
    const told = await rolledUp({});
    expect(told).toMatchObject({ code: 0 });
    expect(told.out).not.toContain('Told by the checks');
  });
});
