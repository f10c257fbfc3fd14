import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { folderObjectStore } from '../../../functions/adapters/local/folder-object-store.ts';
import { writeSampleCompany } from '../../../functions/cli/sample-company/write-sample-company.ts';
import { sampleConfig } from '../../../functions/cli/sample-config.ts';
import { addDays } from '../../../shared/basics/day.ts';
import { formatMoney } from '../../../shared/basics/money.ts';
import { financeFolder } from '../../../shared/finance/finance-manifest.ts';
import { calendarFolder } from '../../../shared/jobs/calendar-files.ts';
import { partitionPath } from '../../../shared/publish/publication.ts';
import { readTable } from '../../../shared/publish/read-table.ts';
import {
  forecastWalk,
  renewalForecast,
  renewalMilestones,
  renewalRollups,
} from '../../../shared/publish/renewal-tables.ts';
import type { RowOf, Table } from '../../../shared/publish/table.ts';
import { temporaryFolder } from '../../kit/company-folder.ts';
import { temporaryFolderUntilTheEnd, written } from '../../kit/lasting-folder.ts';
import { runCli } from '../../kit/run-cli.ts';
import { asOf } from '../../kit/scored-company.ts';

type Told = Awaited<ReturnType<typeof runCli>>;

const weekAgo = addDays(asOf, -7);

let config: string;
let out: string;
let early: Told;
let first: Told;
let ran: Told;

beforeAll(async () => {
  const folder = temporaryFolderUntilTheEnd();
  await writeSampleCompany({ folder: join(folder, 'warehouse'), accounts: 150, asOf, seed: 1 });
  config = written(folder, 'holdfast.yaml', sampleConfig);
  out = join(folder, 'out');
  const run = (job: string, day: string) =>
    runCli('run', job, '--config', config, '--as-of', day, '--out', out);
  await run('score-accounts', weekAgo);
  early = await run('track-renewals', weekAgo);
  await run('rollup-revenue', weekAgo);
  first = await run('track-renewals', weekAgo);
  await run('score-accounts', asOf);
  await run('rollup-revenue', asOf);
  ran = await run('track-renewals', asOf);
}, 240_000);

const rowsOf = async <T extends Table>(table: T): Promise<RowOf<T>[]> =>
  (await readTable(folderObjectStore(out), table, { path: partitionPath(table.name, asOf) })) ?? [];

const dollars = (cents: number): string => formatMoney(cents, 'USD');

/** What stands in a line between its title and its end, of the lines that begin with it. */
const wordsOf = (text: string, title: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith(`  ${title} `))
    .map((line) =>
      line
        .trim()
        .slice(title.length)
        .trim()
        .split(/\s{2,}/),
    );

describe('run track-renewals', () => {
  test('asks for revenue before it begins', () => {
    expect(early).toMatchObject({ code: 1 });
    expect(early.err).toContain(`rollup-revenue of ${weekAgo}`);
    expect(early.err).toContain(`Run it first: holdfast run rollup-revenue --as-of ${weekAgo}`);
    expect(early.out).not.toContain('Renewals as of');
  });

  test('prints the forecast of every quarter, as the table has it', async () => {
    expect([first.code, ran.code]).toEqual([0, 0]);
    expect(ran.out).toContain(`Renewals as of ${asOf}`);
    const quarters = (await rowsOf(renewalRollups)).filter(
      ({ cut, period_kind }) => cut === 'all' && period_kind === 'quarter',
    );
    expect(quarters.length).toBeGreaterThan(3);
    for (const row of quarters) {
      const [cells] = wordsOf(ran.out, row.period);
      expect(cells?.slice(0, 7), row.period).toEqual([
        ...[String(row.renewals), dollars(row.due_arr_cents), dollars(row.won_arr_cents)],
        ...[dollars(row.lost_arr_cents), dollars(row.commit_cents), dollars(row.best_case_cents)],
        dollars(row.expected_cents),
      ]);
    }
    const open = (await rowsOf(renewalForecast)).filter(({ basis }) => basis !== 'decided');
    expect(ran.out).toContain(`Forecast of ${open.length} open renewals: `);
  });

  test('prints the walk since a week ago, and at first that there is none', async () => {
    expect(first.out).toContain('No forecast of about a week ago to walk from.');
    expect(ran.out).toContain(`Expected, since ${weekAgo}`);
    for (const row of await rowsOf(forecastWalk)) {
      const cells = wordsOf(ran.out, row.quarter).at(-1);
      expect(cells?.[0], row.quarter).toBe(dollars(row.opening_cents));
      expect(cells?.at(-1), row.quarter).toBe(dollars(row.closing_cents));
    }
  });

  test('prints the milestones that were reached, the largest first', async () => {
    const reached = (await rowsOf(renewalMilestones)).filter(({ state }) => state === 'reached');
    expect(reached.length).toBeGreaterThan(0);
    const words = `${reached.length} milestone${reached.length === 1 ? '' : 's'} reached; the largest`;
    expect(ran.out).toContain(words);
    const largest = reached.sort((a, b) => b.due_arr_cents - a.due_arr_cents)[0];
    const line = ran.out.split('\n')[ran.out.split('\n').indexOf(words) + 1];
    expect(line).toContain(`${largest?.milestone_days} days`);
    expect(line).toContain(dollars(largest?.due_arr_cents ?? 0));
  });

  test('names the files, the definitions and what the records lack', () => {
    for (const file of ['renewal_forecast.csv', 'renewal_rollups.csv', 'forecast_walk.csv']) {
      expect(ran.out).toContain(join(out, financeFolder(asOf), file));
    }
    expect(ran.out).toContain(join(out, calendarFolder(asOf), 'renewals.ics'));
    expect(ran.out).toMatch(/^Definitions renewals-\d+-[\da-f]{16}: definitions\.md lies/m);
    expect(ran.out).toMatch(/^Records: \d+ findings? \(/m);
  });
});

describe('what a run leaves', () => {
  test('a folder for finance that verify holds, until one cent of it changes', async () => {
    const told = await runCli('verify', out, '--as-of', asOf);
    expect(told).toMatchObject({ code: 0, err: '' });
    expect(told.out).toMatch(/All \d+ checks hold\./);

    const fetched = temporaryFolder();
    cpSync(join(out, financeFolder(asOf)), fetched, { recursive: true });
    const csv = join(fetched, 'renewal_forecast.csv');
    const text = readFileSync(csv, 'utf8');
    const changed = text.replace(
      /(\.\d)(\d)(?=,)/,
      (_, tenths, cent) => `${tenths}${(Number(cent) + 1) % 10}`,
    );
    expect(changed).not.toBe(text);
    writeFileSync(csv, changed);
    const found = await runCli('verify', fetched);
    expect(found.code).toBe(1);
    expect(found.out).toContain('BAD  renewal_forecast.csv');
    expect(found.out).toMatch(/found {5}\w+: \d+\.\d\d\n.*expected {2}\w+: \d+\.\d\d in all/);
  });

  test('a calendar of all open renewals of the next months, and one for each owner', async () => {
    const rows = (await rowsOf(renewalForecast)).filter(
      ({ state, decision_on }) =>
        state === 'open' && decision_on >= asOf && decision_on <= addDays(asOf, 120),
    );
    const folder = join(out, calendarFolder(asOf));
    const eventsIn = (name: string) =>
      readFileSync(join(folder, name), 'utf8').match(/^BEGIN:VEVENT\r$/gm)?.length ?? 0;
    expect(eventsIn('renewals.ics')).toBe(rows.length);
    const owners = readdirSync(join(folder, 'owners'));
    expect(owners).toHaveLength(new Set(rows.flatMap(({ owner_email: o }) => o ?? [])).size);
    const owned = owners.reduce((sum, name) => sum + eventsIn(`owners/${name}`), 0);
    expect(owned).toBe(rows.filter(({ owner_email }) => owner_email !== null).length);
  });

  test('events: the milestones of the table, and the end of the run last of all', async () => {
    const events: { type: string; data: Record<string, unknown> }[] = readFileSync(
      join(out, 'events.jsonl'),
      'utf8',
    )
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const tracked = events.filter(({ type }) => type === 'RenewalsTracked');
    expect(tracked).toHaveLength(2);
    expect(events.at(-1)?.type).toBe('RenewalsTracked');
    const since = events.slice(events.findIndex(({ type }) => type === 'RenewalsTracked') + 1);
    const reached = (await rowsOf(renewalMilestones)).filter(({ state }) => state === 'reached');
    expect(tracked[1]?.data).toMatchObject({ milestonesReached: reached.length });
    const told = since
      .filter(({ type }) => type === 'RenewalMilestoneReached')
      .map(({ data }) => `${data.renewalId} at ${data.milestoneDays} for ${data.arrCents}`);
    expect(told.sort()).toEqual(
      reached
        .map((row) => `${row.renewal_id} at ${row.milestone_days} for ${row.due_arr_cents}`)
        .sort(),
    );
  });

  test('a second run of the day tells nobody anything and changes nothing', async () => {
    const events = readFileSync(join(out, 'events.jsonl'), 'utf8');
    const again = await runCli('run', 'track-renewals', ...place());
    expect(again.code).toBe(0);
    expect(readFileSync(join(out, 'events.jsonl'), 'utf8')).toBe(events);
    expect((await runCli('verify', out, '--as-of', asOf)).code).toBe(0);
  });
});

const place = () => ['--config', config, '--as-of', asOf, '--out', out];
