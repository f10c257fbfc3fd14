import type { Severity } from '../config/risk-fields.ts';
import type { Band } from '../health/band.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Batch } from '../ports/warehouse.ts';
import { tableBatches } from '../publish/read-table.ts';
import { riskFlags } from '../publish/risk-tables.ts';
import type { RowOf, Table } from '../publish/table.ts';
import { accountHealth, healthReceipts } from '../publish/tables.ts';
import type { AccountFacts } from '../revenue/account-facts.ts';
import type { OpenFlag, QueueCandidate } from '../revenue/queue-candidate.ts';
import type { PastDay } from './past-days.ts';
import { type PastRows, pastRowsOver } from './past-rows.ts';

/** What contracts say of an account, and whose it is. */
export interface KnownAccount extends AccountFacts {
  readonly customerId: string;
}

const HEALTH = [
  'account_id',
  'name',
  'owner_email',
  'segment',
  'score',
  'band',
  'trend',
  'top_driver',
] as const;
const FLAGS = ['account_id', 'flag', 'severity', 'state', 'evidence', 'quiet_because'] as const;
const RECEIPT = ['account_id', 'measure', 'raw_value'] as const;

/** Every account with its health, its open flags and its use of seats, from the tables side by side. */
export async function* healthCandidates(
  store: ObjectStore,
  health: PastDay,
  accounts: ReadonlyMap<string, KnownAccount>,
): AsyncGenerator<QueueCandidate> {
  const flags = pastRowsOver(batchesOf(store, health, riskFlags, FLAGS));
  const receipts = pastRowsOver(batchesOf(store, health, healthReceipts, RECEIPT));
  for await (const { columns, rowCount } of batchesOf(store, health, accountHealth, HEALTH) ?? []) {
    const last = String(columns.account_id?.[rowCount - 1]);
    await Promise.all([flags.reach(last), receipts.reach(last)]);
    for (let row = 0; row < rowCount; row += 1) {
      const text = (name: (typeof HEALTH)[number]) => columns[name]?.[row] as string | null;
      const accountId = text('account_id') as string;
      const facts = accounts.get(accountId);
      if (facts === undefined) continue;
      yield {
        ...facts,
        accountId,
        name: text('name'),
        ownerEmail: text('owner_email'),
        segment: text('segment') as string,
        score: columns.score?.[row] as number | null,
        band: text('band') as Band,
        trend: text('trend') as string,
        topDriver: text('top_driver'),
        flags: openFlags(flags, accountId),
        seatUse: seatUse(receipts, accountId),
      };
    }
  }
}

function batchesOf<T extends Table>(
  store: ObjectStore,
  { manifest }: PastDay,
  table: T,
  columns: readonly (keyof RowOf<T>)[],
): AsyncIterable<Batch> | null {
  const path = manifest.files.find((file) => file.table === table.name)?.path;
  return path === undefined ? null : tableBatches(store, table, { path, columns: [...columns] });
}

function openFlags(rows: PastRows, accountId: string): OpenFlag[] {
  const found: OpenFlag[] = [];
  rows.visit(accountId, (columns, row) => {
    if (columns.state?.[row] === 'cleared') return;
    found.push({
      flag: String(columns.flag?.[row]),
      severity: columns.severity?.[row] as Severity,
      evidence: String(columns.evidence?.[row]),
      held: (columns.quiet_because?.[row] as string | null) ?? null,
    });
  });
  return found;
}

function seatUse(rows: PastRows, accountId: string): number | null {
  let use: number | null = null;
  rows.visit(accountId, (columns, row) => {
    if (columns.measure?.[row] === 'seat_use') use = columns.raw_value?.[row] as number | null;
  });
  return use;
}
