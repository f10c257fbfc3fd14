import { compareUtf8 } from '../basics/compare-utf8.ts';
import type { Day } from '../basics/day.ts';
import { severities } from '../config/risk-fields.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { renewalForecast } from '../publish/renewal-tables.ts';
import { riskFlags } from '../publish/risk-tables.ts';
import { healthReceipts } from '../publish/tables.ts';
import { orderedShelf } from '../reports/ordered-shelf.ts';
import type { PageAccount, PageFlag, ReceiptLine } from '../reports/page/report.ts';
import { byStake } from '../reports/page/stake.ts';
import { personName } from '../reports/words/people.ts';
import { publishedWalk } from './published-walk.ts';
import type { WeeklyDays } from './weekly-days.ts';
import type { HealthRow } from './weekly-health.ts';
import { isOpen } from './weekly-renewals.ts';

/** Receipts of so many accounts stand on the page, or it would be too long to open at once. */
const MOST_RECEIPTS = 2_000;

/** The accounts that stand on the page. */
export type PageShelf = ReturnType<typeof pageShelf>;

/** Keeps the accounts with most at stake, and counts the rest. */
export const pageShelf = (limit: number) => {
  const shelf = orderedShelf<HealthRow>(limit, (a, b) => byStake(stakeOf(a), stakeOf(b)));
  return {
    add: shelf.add,
    kept: shelf.kept,
    leftOut: shelf.more,
  };
};

const stakeOf = ({ band, arr_cents: arrCents, account_id: accountId }: HealthRow) => {
  return { band, arrCents, accountId };
};

/** What the page says of the accounts that were kept: flags, renewals and receipts are read for them. */
export const pageAccounts = async (
  store: ObjectStore,
  shelf: PageShelf,
  days: WeeklyDays,
): Promise<readonly PageAccount[]> => {
  const kept = shelf.kept();
  const ids = new Set(kept.map(({ account_id }) => account_id));
  const flags = await flagsOf(store, days, ids);
  const renewals = await nextRenewals(store, days, ids);
  const withReceipt = new Set(kept.slice(0, MOST_RECEIPTS).map(({ account_id }) => account_id));
  const receipts = await receiptsOf(store, days, withReceipt);
  return kept.map((row) => ({
    ...lineOf(row),
    flags: flags.get(row.account_id) ?? [],
    renewalOn: renewals.get(row.account_id) ?? null,
    receipt: receipts.get(row.account_id) ?? null,
  }));
};

const lineOf = (row: HealthRow): Omit<PageAccount, 'flags' | 'renewalOn' | 'receipt'> => ({
  ...{ accountId: row.account_id, name: row.name, segment: row.segment.replaceAll('_', ' ') },
  ownerName: row.owner_email === null ? null : personName(row.owner_email),
  ...{ ownerEmail: row.owner_email, region: row.region, lifecycle: row.lifecycle },
  ...{ arrCents: row.arr_cents, score: row.score, band: row.band, change28: row.change_28d },
  ...{ driver: row.top_driver, coverage: row.coverage },
  gate:
    row.gate_reason === null || row.gate_effect === 0
      ? null
      : { effect: row.gate_effect, reason: row.gate_reason },
  note: row.reason ?? row.override_reason,
});

async function flagsOf(store: ObjectStore, { health }: WeeklyDays, ids: ReadonlySet<string>) {
  const flags = new Map<string, PageFlag[]>();
  const columns = ['account_id', 'flag', 'severity', 'state', 'evidence'] as const;
  for await (const row of publishedWalk(store, health, riskFlags, columns)) {
    if (row.state === 'cleared' || !ids.has(row.account_id)) continue;
    const mine = flags.get(row.account_id) ?? [];
    const { severity, evidence } = row;
    mine.push({ signal: row.flag.replaceAll('_', ' '), severity, evidence });
    flags.set(row.account_id, mine);
  }
  for (const mine of flags.values()) mine.sort(bySeverity);
  return flags;
}

const SEVERITIES: readonly string[] = severities;

const bySeverity = (a: PageFlag, b: PageFlag): number =>
  SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
  compareUtf8(a.signal, b.signal);

/** The first day on which something of an account is up for renewal. */
async function nextRenewals(
  store: ObjectStore,
  { renewals }: WeeklyDays,
  ids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Day>> {
  const next = new Map<string, Day>();
  const columns = ['account_id', 'state', 'due_on'] as const;
  for await (const row of publishedWalk(store, renewals, renewalForecast, columns)) {
    if (!isOpen(row) || !ids.has(row.account_id)) continue;
    const known = next.get(row.account_id);
    if (known === undefined || row.due_on < known) next.set(row.account_id, row.due_on as Day);
  }
  return next;
}

async function receiptsOf(
  store: ObjectStore,
  { health }: WeeklyDays,
  ids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, ReceiptLine[]>> {
  const receipts = new Map<string, ReceiptLine[]>();
  const columns = [
    ...(['account_id', 'measure', 'points', 'weight', 'contribution'] as const),
    ...(['evidence', 'reason'] as const),
  ] as const;
  for await (const row of publishedWalk(store, health, healthReceipts, columns)) {
    if (!ids.has(row.account_id)) continue;
    const lines = receipts.get(row.account_id) ?? [];
    const { measure, points, weight, contribution, reason, evidence: value } = row;
    lines.push({ measure, value, points, weight, contribution, reason });
    receipts.set(row.account_id, lines);
  }
  return receipts;
}
