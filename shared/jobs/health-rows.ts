import type { AccountRow } from '../features/account-row.ts';
import type { Health } from '../health/score.ts';
import type { SegmentHealth } from '../health/segment-health.ts';
import type { RowOf } from '../publish/table.ts';
import type {
  accountHealth,
  dataQuality,
  healthReceipts,
  segmentHealth,
} from '../publish/tables.ts';
import type { Finding, SourceState } from '../sources/finding.ts';

/** How judgements are laid out in tables; nothing is decided here. */
export const accountHealthRow = (
  account: AccountRow,
  health: Health,
  { segment, currency }: { segment: string; currency: string },
): RowOf<typeof accountHealth> => ({
  account_id: account.accountId,
  name: account.name,
  parent_account_id: account.parentAccountId,
  segment,
  region: account.region,
  owner_email: account.ownerEmail,
  arr_cents: account.arrCents,
  currency,
  score: health.score,
  band: health.band,
  coverage: health.coverage,
  gate_effect: health.gateEffect,
  gate_reason: health.gateReason,
  gates_unknown: health.gatesUnknown,
  top_driver: health.topDriver?.measure ?? null,
  top_driver_lost: health.topDriver?.lost ?? null,
  reason: health.reason,
});

export const receiptRows = (accountId: string, { lines }: Health): RowOf<typeof healthReceipts>[] =>
  lines.map((line) => ({
    account_id: accountId,
    measure: line.measure,
    dimension: line.dimension,
    status: line.status,
    raw_value: line.rawValue,
    points: line.points,
    weight: line.weight,
    contribution: line.contribution,
    evidence: line.evidence,
    reason: line.reason,
  }));

export const segmentHealthRow = (part: SegmentHealth): RowOf<typeof segmentHealth> => ({
  cut: part.cut,
  cut_value: part.cutValue,
  band: part.band,
  accounts: part.accounts,
  arr_cents: part.arrCents,
  account_share: part.accountShare,
  arr_share: part.arrShare,
});

export const dataQualityRows = (state: SourceState): RowOf<typeof dataQuality>[] => [
  {
    source: state.id,
    check: 'status',
    column: null,
    severity: state.status,
    rows: state.rows,
    share: null,
    last_day: state.lastDay,
    examples: null,
    found: state.reason || 'ready',
    expected: null,
    fix: null,
  },
  ...state.findings.map((finding) => findingRow(finding)),
];

const findingRow = (finding: Finding): RowOf<typeof dataQuality> => ({
  source: finding.source,
  check: finding.check,
  column: finding.column,
  severity: finding.severity,
  rows: finding.rows,
  share: finding.share,
  last_day: null,
  examples: finding.examples.length === 0 ? null : finding.examples.join('; '),
  found: finding.found,
  expected: finding.expected,
  fix: finding.fix,
});
