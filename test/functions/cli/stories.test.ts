import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderObjectStore } from '../../../functions/adapters/local/folder-object-store.ts';
import { accountId } from '../../../functions/cli/sample-company/account-story.ts';
import { stories } from '../../../functions/cli/sample-company/stories.ts';
import { toDay } from '../../../shared/basics/day.ts';
import { entitlementStatus } from '../../../shared/publish/entitlement-tables.ts';
import { partitionPath } from '../../../shared/publish/publication.ts';
import { readTable } from '../../../shared/publish/read-table.ts';
import { riskFlags } from '../../../shared/publish/risk-tables.ts';
import type { RowOf, Table } from '../../../shared/publish/table.ts';
import {
  accountHealth,
  dataQuality,
  healthReceipts,
  parentHealth,
} from '../../../shared/publish/tables.ts';
import { runCli } from '../../kit/run-cli.ts';

const asOf = toDay('2026-11-22');

interface Shown {
  readonly out: string;
  readonly health: readonly RowOf<typeof accountHealth>[];
  readonly flags: readonly RowOf<typeof riskFlags>[];
  readonly parents: readonly RowOf<typeof parentHealth>[];
  readonly quality: readonly RowOf<typeof dataQuality>[];
  readonly receipts: readonly RowOf<typeof healthReceipts>[];
  readonly entitlements: readonly RowOf<typeof entitlementStatus>[];
  /** What the run of track-renewals printed. */
  readonly renewals: string;
}

const idOf = (story: string): string => {
  const index = stories.find(({ id }) => id === story)?.accountIndex;
  if (index == null) throw new Error(`${story} is not about an account`);
  return accountId(index);
};

/** Where each story shows in the output of the demo, besides `holdfast explain`. */
const shows: Readonly<Record<string, (shown: Shown) => void>> = {
  champion_left: ({ flags }) => openFlag(flags, 'champion_left', 'champion_gone'),
  usage_trap: ({ flags, health }) => {
    openFlag(flags, 'usage_trap', 'usage_trap');
    const account = health.find((row) => row.account_id === idOf('usage_trap'));
    expect(account).toMatchObject({
      band: 'yellow',
      gate_reason: expect.stringMatching(/^high use/),
    });
  },
  onboarding_stalled: ({ flags, health }) => {
    openFlag(flags, 'onboarding_stalled', 'onboarding_stalled');
    const account = health.find((row) => row.account_id === idOf('onboarding_stalled'));
    expect(account?.lifecycle).toBe('onboarding');
  },
  severity_spike: ({ flags }) => openFlag(flags, 'severity_spike', 'severe_ticket', 'new'),
  seats_saturated: ({ flags }) => openFlag(flags, 'seats_saturated', 'overage'),
  discount_without_plan: ({ flags }) =>
    openFlag(flags, 'discount_without_plan', 'discount_without_plan'),
  troubled_daughter: ({ parents, flags }) => {
    const group = parents.find((row) => row.worst_account_id === idOf('troubled_daughter'));
    expect(group?.band).toBe('green');
    expect(group?.worst_band).not.toBe('green');
    openFlag(flags, 'troubled_daughter', 'usage_decline');
  },
  bill_shock: ({ entitlements, renewals }) => {
    const mine = entitlements.filter((row) => row.account_id === idOf('bill_shock'));
    expect(mine.find(({ metric }) => metric === 'credits')).toMatchObject({
      ...{ status: 'bill_shock_ahead', signal: 'bill_shock', exceeds_on: '2026-12-20' },
      evidence: expect.stringMatching(/credits used \(88 %\); .* \(160 %\), used up on 2026-12-20/),
    });
    expect(renewals).toMatch(/^Entitlements: [1-9]\d* bill shocks? ahead/m);
    expect(renewals).toMatch(new RegExp(`^  ${idOf('bill_shock')} .* credits used`, 'm'));
  },
  silent_source: ({ quality, receipts, out }) => {
    const status = quality.find((row) => row.source === 'advocacy' && row.check === 'status');
    expect(status?.severity).toBe('stale');
    expect(out).toContain('Degraded: advocacy is stale: its last day is');
    const lines = receipts.filter(({ measure }) => measure === 'advocacy');
    expect(lines.length).toBeGreaterThan(20);
    for (const { status: known, reason } of lines) {
      expect({ known, reason }).toEqual({
        known: 'unknown',
        reason: expect.stringContaining('advocacy is stale'),
      });
    }
  },
};

function openFlag(flags: Shown['flags'], story: string, flag: string, state?: string): void {
  const mine = flags.filter((row) => row.account_id === idOf(story) && row.flag === flag);
  expect(mine.map((row) => row.state)).toEqual([
    state ?? expect.stringMatching(/new|ongoing|reopened/),
  ]);
  expect(mine[0]?.evidence).toMatch(/\d/);
}

describe('the stories of the sample company', () => {
  let shown: Shown;
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-stories-'));
  const results = join(folder, 'results');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  beforeAll(async () => {
    const demo = await runCli('demo', '--out', folder, '--accounts', '120');
    const place = ['--config', join(folder, 'holdfast.yaml'), '--as-of', asOf, '--out', results];
    await runCli('run', 'rollup-revenue', ...place);
    const renewals = await runCli('run', 'track-renewals', ...place);
    const store = folderObjectStore(results);
    const rows = async <T extends Table>(table: T) =>
      (await readTable(store, table, { path: partitionPath(table.name, asOf) })) ?? [];
    shown = {
      out: demo.out,
      health: await rows(accountHealth),
      flags: await rows(riskFlags),
      parents: await rows(parentHealth),
      quality: await rows(dataQuality),
      receipts: await rows(healthReceipts),
      entitlements: await rows(entitlementStatus),
      renewals: renewals.out,
    };
  }, 120_000);

  test('each of them is looked for', () => {
    expect(Object.keys(shows)).toEqual(stories.map(({ id }) => id));
  });

  test.each(stories.map(({ title, id }) => [title, id]))('%s', (_, id) => shows[id]?.(shown));

  test('what an account’s story did to it can be read in the terminal', async () => {
    const { out } = await runCli('explain', idOf('severity_spike'), '--out', results);
    expect(out).toMatch(/severe_tickets +0\.0/);
    expect(out).toMatch(/since the last run, 2026-11-15 +-\d/);
    expect(out).toMatch(/severe_tickets -\d+\.\d: no critical or high ticket open → 4/);
    expect(out).toMatch(/What would turn it: below 68\.0 it is no longer green/);
    expect(out).toMatch(/severe_ticket \(new, since 2026-11-22\)/);
  });
});
