import { formatMoney } from '../../shared/basics/money.ts';
import { plainText, plural } from '../../shared/basics/text.ts';
import type { JobOutcome } from '../../shared/jobs/job.ts';
import type { ObjectStore } from '../../shared/ports/object-store.ts';
import { entitlementStatus } from '../../shared/publish/entitlement-tables.ts';
import { partitionPath } from '../../shared/publish/publication.ts';
import { readTable } from '../../shared/publish/read-table.ts';
import {
  forecastAccuracy,
  forecastWalk,
  renewalFindings,
  renewalForecast,
  renewalMilestones,
  renewalRollups,
} from '../../shared/publish/renewal-tables.ts';
import type { RowOf, Table } from '../../shared/publish/table.ts';
import { aligned } from './aligned.ts';
import { openStore } from './open-warehouse.ts';
import { percent } from './percent.ts';
import { printFiles } from './print-files.ts';
import { degradedLines, noticeLines } from './run-notices.ts';

/** Says what a run of track-renewals found, read back from what it published. */
export const printRenewalRun = async (outcome: JobOutcome, out: string): Promise<void> => {
  const store = await openStore(out);
  const { as_of, summary } = outcome.manifest;
  const rowsOf = tableReader(store, as_of);
  console.log(`\nRenewals as of ${as_of}\n`);
  for (const line of [...degradedLines(outcome), ...healthLines(outcome)]) console.log(line);
  const sections = [
    await forecastLines(rowsOf, String(summary.currency)),
    await walkLines(rowsOf),
    await accuracyLines(rowsOf),
    await milestoneLines(rowsOf),
    await recordLines(rowsOf),
    mailLines(outcome),
    await entitlementLines(rowsOf),
    [`Definitions ${summary.definitions_id}: definitions.md lies beside the files for finance.`],
  ];
  for (const lines of sections) if (lines.length > 0) console.log(`${lines.join('\n')}\n`);
  for (const line of noticeLines(outcome)) console.log(line);
  printFiles(outcome, store);
};

type Filter = Parameters<typeof readTable>[2]['filter'];
type RowsOf = <T extends Table>(table: T, filter?: Filter) => Promise<RowOf<T>[]>;

const tableReader =
  (store: ObjectStore, asOf: string): RowsOf =>
  async (table, filter) => {
    const path = partitionPath(table.name, asOf);
    return (await readTable(store, table, { path, ...(filter && { filter }) })) ?? [];
  };

const healthLines = ({ manifest: { summary } }: JobOutcome): string[] =>
  summary.health_as_of === null
    ? ['No health was published here in the last 7 days: every account counts as unscored.', '']
    : [];

async function forecastLines(rowsOf: RowsOf, currency: string): Promise<string[]> {
  const rows = await rowsOf(renewalRollups, { cut: { $eq: 'all' } });
  const quarters = rows.filter(({ period_kind }) => period_kind === 'quarter');
  if (quarters.length === 0) return ['No renewal is due within the horizon.'];
  const money = (cents: number) => formatMoney(cents, currency);
  const head = ['due', 'won', 'lost', 'commit', 'best case', 'expected', '±', 'target', 'at risk'];
  const forecast = await rowsOf(renewalForecast, {
    basis: { $in: ['observed', 'starting_table'] },
  });
  const observed = forecast.filter(({ basis }) => basis === 'observed').length;
  return [
    `Forecast of ${plural(forecast.length, 'open renewal')}: ${observed} by observed rates, ${forecast.length - observed} by the starting table of the config`,
    ...aligned(
      [
        ['  due in', 'renewals', ...head],
        ...quarters.map((row) => [
          `  ${row.period}`,
          String(row.renewals),
          money(row.due_arr_cents),
          money(row.won_arr_cents),
          money(row.lost_arr_cents),
          money(row.commit_cents),
          money(row.best_case_cents),
          money(row.expected_cents),
          money(row.spread_cents),
          money(row.target_cents),
          money(row.at_risk_cents),
        ]),
      ],
      [false, true, ...head.map(() => true)],
    ),
  ];
}

async function walkLines(rowsOf: RowsOf): Promise<string[]> {
  const rows = await rowsOf(forecastWalk);
  const [first] = rows;
  if (first === undefined) return ['No forecast of about a week ago to walk from.'];
  const cells = ({ currency, ...row }: RowOf<typeof forecastWalk>) => [
    `  ${row.quarter}`,
    ...[
      row.opening_cents,
      row.new_cents,
      row.won_cents,
      row.lost_cents,
      row.moved_in_cents + row.moved_out_cents,
      row.up_cents,
      row.down_cents,
      row.gone_cents,
      row.closing_cents,
    ].map((cents) => formatMoney(cents, currency)),
  ];
  const head = ['then', 'new', 'won', 'lost', 'moved', 'up', 'down', 'gone', 'now'];
  return [
    `Expected, since ${first.since}`,
    ...aligned([['  quarter', ...head], ...rows.map(cells)], [false, ...head.map(() => true)]),
  ];
}

async function accuracyLines(rowsOf: RowsOf): Promise<string[]> {
  const rows = await rowsOf(forecastAccuracy, { cut: { $eq: 'all' } });
  const known = rows.filter(({ wape }) => wape !== null);
  if (known.length === 0) return ['No frozen forecast has met its outcome yet.'];
  return [
    'How good forecasts were, of renewals due in the last twelve months',
    ...known.map((row) =>
      row.renewals < FEWEST_TOLD
        ? `  ${row.horizon_days} days before: ${plural(row.renewals, 'renewal')}, too few to tell`
        : `  ${row.horizon_days} days before: off by ${percent(row.wape)} by month (WAPE), bias ${percent(row.bias)}, over ${plural(row.renewals, 'renewal')}`,
    ),
  ];
}

/** An error over fewer renewals than this is one of chance. */
const FEWEST_TOLD = 30;

const SHOWN = 5;

async function milestoneLines(rowsOf: RowsOf): Promise<string[]> {
  const rows = await rowsOf(renewalMilestones, { state: { $eq: 'reached' } });
  if (rows.length === 0) return ['No milestone was reached.'];
  const largest = [...rows].sort((a, b) => b.due_arr_cents - a.due_arr_cents).slice(0, SHOWN);
  return [
    `${plural(rows.length, 'milestone')} reached; the largest`,
    ...aligned(
      largest.map((row) => [
        `  ${row.milestone_days} days`,
        plainText(row.account_id, 20),
        plainText(row.name ?? '', 28),
        plainText(row.product ?? '', 16),
        formatMoney(row.due_arr_cents, row.currency),
        row.readiness_score === null ? '' : `${row.readiness_score} ready`,
        plainText(nextWords(row), 70),
      ]),
      [false, false, false, false, true, true, false],
    ),
  ];
}

const nextWords = (row: RowOf<typeof renewalMilestones>): string =>
  row.next_action ??
  (row.readiness_score === null ? 'nothing is known of what is ready' : 'nothing is missing');

async function recordLines(rowsOf: RowsOf): Promise<string[]> {
  const findings = await rowsOf(renewalFindings);
  const apart = (await rowsOf(renewalForecast)).filter(({ disagreement }) => disagreement !== null);
  const kinds = [...new Set(findings.map(({ finding }) => finding))].sort();
  const count = (kind: string) => findings.filter(({ finding }) => finding === kind).length;
  const worst = apart.sort((a, b) => b.due_arr_cents - a.due_arr_cents)[0];
  return [
    `Records: ${plural(findings.length, 'finding')}${findings.length === 0 ? '' : ` (${kinds.map((kind) => `${kind.replaceAll('_', ' ')} ${count(kind)}`).join(', ')})`}`,
    `Owner and model are far apart on ${plural(apart.length, 'renewal')}${worst === undefined ? '' : `; the largest, ${plainText(worst.account_id, 20)}: ${worst.disagreement}`}`,
  ];
}

function mailLines({ manifest: { summary } }: JobOutcome): string[] {
  const alone = Number(summary.milestones_without_address);
  return [
    `${plural(Number(summary.mails_planned), 'mail')} to owners written under outbox/ to be read.`,
    ...(alone === 0 ? [] : [`${plural(alone, 'milestone')} reached of accounts without an owner.`]),
  ];
}

async function entitlementLines(rowsOf: RowsOf): Promise<string[]> {
  const rows = await rowsOf(entitlementStatus);
  if (rows.length === 0) return [];
  const shocks = rows.filter(({ signal }) => signal === 'bill_shock');
  const grow = rows.filter(({ signal }) => signal === 'expansion').length;
  return [
    `Entitlements: ${plural(shocks.length, 'bill shock')} ahead, ${plural(grow, 'sign')} of room to grow`,
    ...shocks
      .slice(0, SHOWN)
      .map((row) => `  ${plainText(row.account_id, 20)} ${plainText(row.evidence, 110)}`),
  ];
}
