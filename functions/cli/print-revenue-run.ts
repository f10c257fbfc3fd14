import { formatMoney } from '../../shared/basics/money.ts';
import { plainText, plural } from '../../shared/basics/text.ts';
import type { JobOutcome } from '../../shared/jobs/job.ts';
import type { ObjectStore } from '../../shared/ports/object-store.ts';
import { partitionPath } from '../../shared/publish/publication.ts';
import { readTable } from '../../shared/publish/read-table.ts';
import {
  arrBridge,
  contractionList,
  priorityQueues,
  revenueRollups,
} from '../../shared/publish/revenue-tables.ts';
import type { RowOf } from '../../shared/publish/table.ts';
import { aligned } from './aligned.ts';
import { openStore } from './open-warehouse.ts';
import { percent } from './percent.ts';
import { printFiles } from './print-files.ts';
import { degradedLines, noticeLines } from './run-notices.ts';

/** Says what a run of rollup-revenue found, read back from what it published. */
export const printRevenueRun = async (outcome: JobOutcome, out: string): Promise<void> => {
  const store = await openStore(out);
  console.log(`\nRevenue as of ${outcome.manifest.as_of}\n`);
  for (const line of [...degradedLines(outcome), ...aboutLines(outcome)]) console.log(line);
  const sections = [
    await retentionLines(outcome, store),
    await bridgeLines(outcome, store),
    await worklistLines(outcome, store),
    definitionLines(outcome),
  ];
  for (const lines of sections) if (lines.length > 0) console.log(`${lines.join('\n')}\n`);
  for (const line of noticeLines(outcome)) console.log(line);
  printFiles(outcome, store);
};

/** What the figures below do not say of themselves. */
function aboutLines({ manifest: { summary, history } }: JobOutcome): string[] {
  const told = summary.told ?? null;
  return [
    ...(told === null ? [] : [`Told by the checks: ${plainText(String(told), 900)}`, '']),
    ...(history.baseline === null
      ? ['No health was published here in the last 7 days: the lists go by contracts alone.', '']
      : []),
  ];
}

type Rollup = RowOf<typeof revenueRollups>;

/** The whole by each method, then its segments by the default one. */
async function retentionLines({ manifest }: JobOutcome, store: ObjectStore): Promise<string[]> {
  const rows = await readTable(store, revenueRollups, {
    path: partitionPath(revenueRollups.name, manifest.as_of),
    filter: { cut: { $in: ['all', 'segment'] } },
  });
  const now = (rows ?? []).filter(
    ({ window, window_end }) => window === 'trailing_12_months' && window_end === manifest.as_of,
  );
  const whole = now.find((row) => row.cut === 'all' && row.is_default_method);
  if (whole === undefined) return ['No customer had ARR in the twelve months up to this day.'];
  const money = (cents: number | null) =>
    cents === null ? '' : formatMoney(cents, whole.currency);
  const line = (title: string, row: Rollup) => [
    `  ${plainText(title, 40)}`,
    String(row.customers_opening),
    money(row.opening_arr_cents),
    money(row.closing_arr_cents),
    percent(row.nrr),
    percent(row.target_nrr),
    money(row.gap_nrr_arr_cents),
    percent(row.grr),
    percent(row.target_grr),
    percent(row.logo_churn),
  ];
  const segments = now.filter((row) => row.cut === 'segment' && row.is_default_method);
  const others = now.filter((row) => row.cut === 'all' && !row.is_default_method);
  const head = ['  twelve months', 'customers', 'opening', 'closing', 'NRR', 'target', 'to close'];
  return [
    `ARR ${money(whole.closing_arr_cents)}, of it pending ${money(whole.pending_arr_cents)}; contracted ${money(whole.carr_cents)}. Since ${whole.window_start}, ${whole.method}:`,
    ...aligned(
      [
        [...head, 'GRR', 'target', 'logos lost'],
        ...segments.map((row) => line(row.cut_value, row)),
        line('all', whole),
      ],
      [false, ...new Array<boolean>(9).fill(true)],
    ),
    ...others.map(
      ({ method, nrr, grr }) => `  By ${method}: NRR ${percent(nrr)}, GRR ${percent(grr)}`,
    ),
  ];
}

const MONTHS_SHOWN = 6;

async function bridgeLines({ manifest }: JobOutcome, store: ObjectStore): Promise<string[]> {
  const rows = await readTable(store, arrBridge, {
    path: partitionPath(arrBridge.name, manifest.as_of),
    filter: { cut: { $eq: 'all' } },
  });
  const shown = (rows ?? []).slice(-MONTHS_SHOWN);
  if (shown.length === 0) return [];
  const cells = ({ currency, ...row }: RowOf<typeof arrBridge>) => [
    `  ${row.month} to ${row.month_end}`,
    ...[
      row.opening_arr_cents,
      row.new_arr_cents,
      row.reactivation_arr_cents,
      row.expansion_arr_cents,
      row.contraction_arr_cents,
      row.churn_arr_cents,
      row.escalator_arr_cents,
      row.fx_arr_cents,
      row.closing_arr_cents,
    ].map((cents) => formatMoney(cents, currency)),
  ];
  const head = ['opening', 'new', 'back', 'grew', 'shrank', 'churned', 'uplift', 'fx', 'closing'];
  const right = [false, ...head.map(() => true)];
  return ['The bridge', ...aligned([['  month', ...head], ...shown.map(cells)], right)];
}

const FIRST_OF_QUEUE = 3;

async function worklistLines({ manifest }: JobOutcome, store: ObjectStore): Promise<string[]> {
  const at = (table: string) => ({ path: partitionPath(table, manifest.as_of) });
  const queued = (await readTable(store, priorityQueues, at(priorityQueues.name))) ?? [];
  const shrank = manifest.files.find(({ table }) => table === contractionList.name)?.rows ?? 0;
  const queues = [...new Set(queued.map(({ queue }) => queue))];
  return [
    ...queues.flatMap((name) => {
      const rows = queued.filter(({ queue }) => queue === name);
      const stake = rows.reduce((sum, { at_stake_cents }) => sum + at_stake_cents, 0);
      const currency = rows[0]?.currency ?? 'USD';
      return [
        `${QUEUE_WORDS[name] ?? name}: ${plural(rows.length, 'account')}, ${formatMoney(stake, currency)}`,
        ...aligned(
          rows
            .slice(0, FIRST_OF_QUEUE)
            .map((row) => [
              `  ${row.rank}.`,
              plainText(row.account_id, 20),
              plainText(row.name ?? '', 28),
              formatMoney(row.at_stake_cents, row.currency),
              plainText(row.reason ?? row.why, 90),
            ]),
          [false, false, false, true, false],
        ),
      ];
    }),
    `${plural(shrank, 'customer')} on the contraction list; ${plural(Number(manifest.summary.restatements), 'row')} in the restatement log.`,
  ];
}

const QUEUE_WORDS: Readonly<Record<string, string>> = {
  churn: 'Keep',
  contraction: 'Turn around',
  expansion: 'Grow',
  leave_alone: 'Leave alone this week',
};

function definitionLines({ manifest: { definitions, summary } }: JobOutcome): string[] {
  return [
    `Definitions ${definitions.id} ${definitions.hash}, method ${summary.method}: \`npx holdfast definitions\` prints them, \`compare-definitions\` what others would make of this.`,
  ];
}
