import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { folderObjectStore } from '../../../functions/adapters/local/folder-object-store.ts';
import { entitlementStatus } from '../../../shared/publish/entitlement-tables.ts';
import { partitionPath } from '../../../shared/publish/publication.ts';
import { readTable } from '../../../shared/publish/read-table.ts';
import { renewalForecast } from '../../../shared/publish/renewal-tables.ts';
import { companyFolder, soundConfig, soundTables, type Tables } from '../../kit/company-folder.ts';
import { runCli } from '../../kit/run-cli.ts';
import { asOf } from '../../kit/scored-company.ts';

const placeOf = ({ config, out }: { config: string; out: string }) => [
  ...['--config', config, '--as-of', asOf, '--out', out],
];

describe('mistakes in the config stop the run, with their line and column', () => {
  test.each<[string, string, string, string[]]>([
    [
      'milestones that do not fall',
      'renewals: { milestones: { days: [30, 60] } }',
      ':27 renewals.milestones.days',
      ['expected  days that fall, such as [120, 90, 60, 30]'],
    ],
    [
      'milestones of a segment that is not there',
      'renewals: { milestones: { by_segment: { enterprize: [90, 30] } } }',
      ':41 renewals.milestones.by_segment.enterprize',
      ['the id of a segment: enterprise, mid_market, smb'],
    ],
    [
      'commit below best case',
      'renewals: { forecast: { commit_at: 0.6, best_case_at: 0.8 } }',
      ':41 renewals.forecast.best_case_at',
      ['found     0.8', 'expected  at most commit_at'],
    ],
    [
      'an unknown key',
      'renewals: { milestone: { days: [60, 30] } }',
      ':13 renewals.milestone',
      ['an unknown key "milestone"', 'Did you mean "milestones"?'],
    ],
    ['no stages at all', 'renewals: { stages: [] }', ':13 renewals.stages', ['expected ']],
  ])('%s', async (_, extra, column, words) => {
    const folder = companyFolder({ config: soundConfig(extra) });
    const { code, err } = await runCli('run', 'track-renewals', ...placeOf(folder));
    expect(code).toBe(2);
    expect(err).toContain(`holdfast.yaml:${soundConfig(extra).split('\n').length}${column}`);
    for (const word of words) expect(err).toContain(word);
    expect(existsSync(folder.out)).toBe(false);
  });
});

const tracked = async (change: { tables?: Tables; config?: string }) => {
  const folder = companyFolder(change);
  expect(await runCli('run', 'rollup-revenue', ...placeOf(folder))).toMatchObject({ code: 0 });
  const told = await runCli('run', 'track-renewals', ...placeOf(folder));
  const store = folderObjectStore(folder.out);
  const path = partitionPath(renewalForecast.name, asOf);
  return { ...told, folder, store, forecast: await readTable(store, renewalForecast, { path }) };
};

const withRow = (name: keyof typeof soundTables, line: string): Tables => ({
  [name]: `${soundTables[name]}\n${line}`,
});

describe('a table that cannot be used is named, and every renewal is forecast all the same', () => {
  test.each<[string, Tables, string, string[]]>([
    [
      'an opportunity of an unknown kind',
      withRow('opportunities', 'D-9,A-1,upsell,discovery,60000,USD,2027-02-28,,C-1,0.5,,,,'),
      'opportunities is broken: kind has values the rules do not know in 1 row of 4',
      ['D-9 / A-1 (kind "upsell")', 'expected one of renewal, expansion'],
    ],
    [
      'a probability of 70 in place of 0.7',
      withRow('opportunities', 'D-9,A-1,renewal,discovery,60000,USD,2027-02-28,,C-1,70,,,,'),
      'opportunities is broken: probability has values out of range in 1 row of 4',
      ['D-9 / A-1 (probability "70")', 'a value from 0 to 1'],
    ],
    [
      'a step that the rules do not know',
      withRow('renewal_steps', 'A-1,board_review,C-1,2026-09-10,,'),
      'renewal_steps is broken: step has values the rules do not know in 1 row of 4',
      ['A-1 / board_review / C-1', 'expected one of pricing_review, legal_review'],
    ],
    [
      'no table of opportunities',
      { opportunities: null },
      'opportunities is broken: a relation that cannot be read',
      ['Correct sources.opportunities.table'],
    ],
  ])('%s', async (_, tables, degraded, words) => {
    const { code, out, folder, forecast } = await tracked({ tables });
    expect(code).toBe(0);
    expect(out).toContain(`Degraded: ${degraded}`);
    expect(forecast?.map(({ contract_id }) => contract_id).sort()).toEqual(['C-1', 'C-2', 'C-3']);
    const doctor = await runCli('doctor', '--config', folder.config, '--as-of', asOf);
    expect(doctor.code).toBe(1);
    for (const word of words) expect(doctor.out).toContain(word);
  });

  test('where there are no records, none is found wanting', async () => {
    const finding = 'Records: 1 finding (no opportunity 1)';
    expect((await tracked({})).out).toContain(finding);
    const { out, forecast } = await tracked({ tables: { opportunities: null } });
    expect(out).toContain('Records: 0 findings');
    expect(new Set(forecast?.map(({ stage }) => stage))).toEqual(new Set(['not_opened']));
  });

  test('what adds up over a period that does not say when it began is not extrapolated', async () => {
    const unknown = 'A-3,credits,5000,4900,,2027-01-31,period_total';
    const { store, out } = await tracked({ tables: withRow('entitlements', unknown) });
    const path = partitionPath(entitlementStatus.name, asOf);
    const rows = await readTable(store, entitlementStatus, { path });
    expect(rows).toHaveLength(4);
    expect(rows?.find(({ account_id }) => account_id === 'A-3')).toMatchObject({
      ...{ status: 'unknown', signal: null, projected_use: null, exceeds_on: null },
      evidence: expect.stringContaining('the period is not known'),
    });
    expect(out).toContain('Entitlements: 0 bill shocks ahead');
  });
});
