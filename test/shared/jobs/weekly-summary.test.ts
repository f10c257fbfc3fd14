import { describe, expect, test } from 'vitest';
import { addDays } from '../../../shared/basics/day.ts';
import { formatMoney } from '../../../shared/basics/money.ts';
import type { Config } from '../../../shared/config/schema.ts';
import { rollupRevenue } from '../../../shared/jobs/rollup-revenue.ts';
import { scoreAccounts } from '../../../shared/jobs/score-accounts.ts';
import { trackRenewals } from '../../../shared/jobs/track-renewals.ts';
import { weeklySummary } from '../../../shared/jobs/weekly-summary.ts';
import type { Rasterizer } from '../../../shared/ports/rasterizer.ts';
import { summaryMessages } from '../../../shared/publish/outbox-tables.ts';
import { partitionPath } from '../../../shared/publish/publication.ts';
import { readTable } from '../../../shared/publish/read-table.ts';
import { renewalForecast } from '../../../shared/publish/renewal-tables.ts';
import { revenueRollups } from '../../../shared/publish/revenue-tables.ts';
import type { Table } from '../../../shared/publish/table.ts';
import { accountHealth } from '../../../shared/publish/tables.ts';
import { type Fate, interrupted, isKill } from '../../kit/interrupted.ts';
import { memoryEventBus } from '../../kit/memory-event-bus.ts';
import { type MemoryObjectStore, memoryObjectStore } from '../../kit/memory-object-store.ts';
import { publishDay } from '../../kit/published-week.ts';
import { asOf, company, noWarehouse, portsOf } from '../../kit/scored-company.ts';
import { weekEnd, weekScenarios } from '../../kit/week-scenarios.ts';

/** Pictures as quick as a test of many runs needs them; what real ones look like the golden weeks show. */
const rasterizer: Rasterizer = {
  png: async (svg) => new TextEncoder().encode(svg.slice(0, 200)),
};

const weeklyPorts = (store: MemoryObjectStore) => ({ ...portsOf(noWarehouse, store), rasterizer });

const recipients = [{ address: 'ana@harbourline.example', name: 'Ana Duarte' }];

const toldTo = (config: Config, to: typeof recipients): Config => ({
  ...config,
  reports: {
    ...config.reports,
    weekly_summary: { ...config.reports.weekly_summary, recipients: to },
  },
});

/** The three nightly jobs of the company in CSV, published. */
async function nightly() {
  const { config, warehouse } = await company();
  const store = memoryObjectStore();
  for (const job of [scoreAccounts, rollupRevenue, trackRenewals]) {
    await job.run({ asOf, config }, portsOf(warehouse, store));
  }
  return { store, config: toldTo(config, recipients) };
}

const rowsOf = async <T extends Table>(store: MemoryObjectStore, table: T) =>
  (await readTable(store, table, { path: partitionPath(table.name, asOf) })) ?? [];

const textOf = (store: MemoryObjectStore, key: string): string =>
  Buffer.from(store.objects.get(key)?.bytes ?? []).toString();

/** The planned mails, by their recipient. */
async function mailsIn(store: MemoryObjectStore, day = asOf) {
  const path = partitionPath(summaryMessages.name, day);
  const listed = (await readTable(store, summaryMessages, { path })) ?? [];
  return listed.map((row) => ({
    ...row,
    message: JSON.parse(textOf(store, `${row.folder}/message.json`)),
  }));
}

const contents = ({ objects }: MemoryObjectStore): Record<string, string> =>
  Object.fromEntries(
    [...objects].map(([key, { bytes }]) => [key, Buffer.from(bytes).toString('base64')]).sort(),
  );

async function publishedWeek(scenario: string) {
  const { days, config } = (
    weekScenarios[scenario] as () => ReturnType<NonNullable<(typeof weekScenarios)[string]>>
  )();
  const store = memoryObjectStore();
  for (const day of days) await publishDay(store, day);
  return { store, config };
}

describe('the weekly summary', () => {
  test('says what the tables say', async () => {
    const { store, config } = await nightly();
    await weeklySummary.run({ asOf, config }, weeklyPorts(store));
    const [summary] = (await mailsIn(store)).filter(({ kind }) => kind === 'weekly_summary');
    const { subject, text } = summary?.message ?? {};

    const rollup = (await rowsOf(store, revenueRollups)).find(
      ({ window, window_end, cut, is_default_method }) =>
        window === 'trailing_12_months' &&
        window_end === asOf &&
        cut === 'all' &&
        is_default_method,
    );
    expect(subject).toContain(`NRR ${((rollup?.nrr ?? 0) * 100).toFixed(1)} %`);
    expect(subject).toContain(`GRR ${((rollup?.grr ?? 0) * 100).toFixed(1)} %`);
    expect(text).toContain(`ARR is ${formatMoney(rollup?.closing_arr_cents ?? 0, 'USD')}.`);

    const until = addDays(asOf, config.reports.weekly_summary.at_risk_within_days);
    const due = (await rowsOf(store, renewalForecast)).filter(
      ({ state, due_on }) => (state === 'open' || state === 'late') && due_on <= until,
    );
    const atRisk = due.filter(({ category }) => category === 'at_risk' || category === 'lost');
    const sum = (rows: typeof due) => rows.reduce((all, { due_arr_cents: one }) => all + one, 0);
    expect(subject).toContain(`${formatMoney(sum(atRisk), 'USD')} at risk`);
    expect(text).toContain(`Of ${formatMoney(sum(due), 'USD')} due within`);

    const page = textOf(store, `reports/weekly/${asOf}/index.html`);
    for (const { name } of await rowsOf(store, accountHealth)) expect(page).toContain(name);
  });

  test('goes to each recipient and to each owner of accounts, once', async () => {
    const { store, config } = await nightly();
    await weeklySummary.run({ asOf, config }, weeklyPorts(store));
    expect((await mailsIn(store)).map(({ kind, recipient }) => `${kind} ${recipient}`)).toEqual([
      'weekly_summary ana@harbourline.example',
      'csm_weekly j.tanaka@harbourline.example',
      'csm_weekly l.fischer@harbourline.example',
    ]);
  });

  test('is a page alone where nobody is named and no CSM is written to', async () => {
    const { store, config } = await nightly();
    const silent = toldTo({ ...config, reports: { ...config.reports, csm_weekly: false } }, []);
    await weeklySummary.run({ asOf, config: silent }, weeklyPorts(store));
    expect(await mailsIn(store)).toEqual([]);
    expect(textOf(store, `reports/weekly/${asOf}/index.html`)).toContain('<!DOCTYPE html>');
  });

  test('is refused where nothing is published', async () => {
    const { config } = await company();
    const run = weeklySummary.run({ asOf, config }, weeklyPorts(memoryObjectStore()));
    await expect(run).rejects.toMatchObject({
      kind: 'results',
      problems: [{ found: expect.stringContaining('nothing published') }],
    });
  });

  test('of other recipients is another run, and of the same mails the ids stay', async () => {
    const { store, config } = await nightly();
    const first = await weeklySummary.run({ asOf, config }, weeklyPorts(store));
    const ids = (await mailsIn(store)).map(({ message_id }) => message_id);
    const more = [...recipients, { address: 'bo@harbourline.example', name: 'Bo Lind' }];
    const second = await weeklySummary.run(
      { asOf, config: toldTo(config, more), revision: 2 },
      weeklyPorts(store),
    );
    expect(second.manifest.run_key).not.toBe(first.manifest.run_key);
    const again = (await mailsIn(store)).map(({ message_id }) => message_id);
    expect(again).toEqual(expect.arrayContaining(ids));
    expect(again).toHaveLength(ids.length + 1);
  });

  test('killed before any port call and run again, it ends as if never killed', async () => {
    const { store: before, config } = await publishedWeek('bad-news');
    const copy = () => {
      const store = memoryObjectStore();
      for (const [key, object] of before.objects) store.objects.set(key, object);
      return store;
    };
    const input = { asOf: weekEnd, config };
    const ports = (store: MemoryObjectStore, fate: Fate) => ({
      ...weeklyPorts(store),
      store: interrupted(store, fate),
      bus: interrupted(memoryEventBus(), fate),
      rasterizer: interrupted(rasterizer, fate),
    });
    const [unharmed, counted] = [copy(), { calls: 0, killAt: 0, when: 'before' } as Fate];
    await weeklySummary.run(input, ports(unharmed, counted));
    const expected = contents(unharmed);
    expect(counted.calls).toBeGreaterThan(30);
    for (let killAt = 1; killAt <= counted.calls; killAt += 1) {
      const store = copy();
      const outcome = await weeklySummary
        .run(input, ports(store, { calls: 0, killAt, when: 'before' }))
        .catch((error) => error);
      expect(isKill(outcome), `call ${killAt}: ${outcome}`).toBe(true);
      await weeklySummary.run(input, weeklyPorts(store));
      expect(contents(store), `killed before call ${killAt}`).toEqual(expected);
    }
  }, 120_000);
});

describe('hostile words', () => {
  test('run nothing, forge no header and end no cell', async () => {
    const { store, config } = await publishedWeek('hostile');
    await weeklySummary.run({ asOf: weekEnd, config }, weeklyPorts(store));
    const page = textOf(store, `reports/weekly/${weekEnd}/index.html`);
    expect(page).not.toContain('<script>alert');
    const mails = await mailsIn(store, weekEnd);
    expect(mails.length).toBeGreaterThan(1);
    for (const { message } of mails) {
      expect(message.html).not.toMatch(/<script|javascript:|\u202e/i);
      expect(message.text).not.toMatch(/\u202e|(?!\n)\p{Cc}/u);
      expect(`${message.subject}${message.to.name ?? ''}`).not.toMatch(/[\r\n]/);
      // Half of a pair of surrogates would be a character that was cut.
      expect(message.html.isWellFormed?.() ?? true).toBe(true);
      const csv = message.attachments.find(
        ({ filename }: { filename: string }) => filename === 'renewals-at-risk.csv',
      );
      if (csv === undefined) continue;
      const rows = Buffer.from(csv.content, 'base64').toString().split('\r\n').slice(1, -1);
      for (const row of rows) expect(row).not.toMatch(/(^|,)"?[=+@]/);
    }
  });
});
