import type { Day } from '../../shared/basics/day.ts';
import { formatMoney } from '../../shared/basics/money.ts';
import { plainText, plural } from '../../shared/basics/text.ts';
import { bands } from '../../shared/health/band.ts';
import type { JobOutcome } from '../../shared/jobs/job.ts';
import type { ObjectStore } from '../../shared/ports/object-store.ts';
import { partitionPath } from '../../shared/publish/publication.ts';
import { readTable } from '../../shared/publish/read-table.ts';
import { alertBudget, warRooms } from '../../shared/publish/risk-tables.ts';
import type { RowOf } from '../../shared/publish/table.ts';
import {
  accountHealth,
  healthReceipts,
  measureHealth,
  segmentHealth,
} from '../../shared/publish/tables.ts';
import { aligned } from './aligned.ts';
import { openStore } from './open-warehouse.ts';
import { printFiles } from './print-files.ts';
import { degradedLines, noticeLines } from './run-notices.ts';

const LARGEST_RED = 5;

/** Says what a run of score-accounts found, read back from what it published. */
export const printHealthRun = async (outcome: JobOutcome, out: string): Promise<void> => {
  const { manifest } = outcome;
  const store = await openStore(out);
  const at = (table: string) => ({ path: partitionPath(table, manifest.as_of) });
  const parts = (await readTable(store, segmentHealth, at(segmentHealth.name))) ?? [];
  const red = await largestRed(store, manifest.as_of);
  const drivers = (await readTable(store, measureHealth, at(measureHealth.name))) ?? [];
  const currency = String(manifest.summary.currency);

  console.log(`\nHealth as of ${manifest.as_of}\n`);
  for (const line of degradedLines(outcome)) console.log(line);
  if (!outcome.published) {
    console.log('A later revision of this day is published; its figures are shown here.\n');
  }
  console.log(aligned(bandRows(parts, currency), [false, true, true, true, true, true]).join('\n'));
  for (const line of movedLines(outcome, parts, currency)) console.log(line);
  for (const line of driverLines(drivers, currency)) console.log(line);
  for (const line of await alertLines(outcome, store)) console.log(line);
  if (red.length > 0) {
    console.log('\nLargest red accounts');
    console.log(aligned(red.map(redRow), [false, false, true, true, false]).join('\n'));
    console.log(
      `  npx holdfast explain ${shellWord(red[0]?.account_id ?? '')} --out ${shellWord(out)}`,
    );
  }
  for (const line of [...outsideLines(outcome), ...noticeLines(outcome)]) console.log(line);
  printFiles(outcome, store);
};

type Part = RowOf<typeof segmentHealth>;

function bandRows(parts: readonly Part[], currency: string): string[][] {
  const arrOf = (value: string) =>
    parts.reduce((sum, part) => sum + (part.cut_value === value ? part.arr_cents : 0), 0);
  const cuts = [
    ...new Set(parts.filter(({ cut }) => cut === 'segment').map((part) => part.cut_value)),
  ].sort((a, b) => arrOf(b) - arrOf(a));
  const row = (title: string, mine: readonly Part[]) => {
    const arr = mine.reduce((sum, part) => sum + part.arr_cents, 0);
    const cells = bands.map((band) => {
      const part = mine.find((one) => one.band === band);
      return `${part?.accounts ?? 0} · ${formatMoney(part?.arr_cents ?? 0, currency)}`;
    });
    return [`  ${title}`, ...cells, formatMoney(arr, currency)];
  };
  return [
    ['  customers · ARR', ...bands, 'ARR'],
    ...cuts.map((value) =>
      row(
        value,
        parts.filter((p) => p.cut === 'segment' && p.cut_value === value),
      ),
    ),
    row(
      'all',
      parts.filter(({ cut }) => cut === 'all'),
    ),
  ];
}

/** Who came up and who went down since the last run. */
function movedLines({ manifest }: JobOutcome, parts: readonly Part[], currency: string): string[] {
  const { last_run } = manifest.history;
  if (last_run === null) return ['\nThe first run: trends and movements begin with the next.'];
  const whole = parts.filter(({ cut }) => cut === 'all');
  const sum = (of: (part: Part) => number) => whole.reduce((total, part) => total + of(part), 0);
  const up = sum((part) => part.up_since_last_run);
  const down = sum((part) => part.down_since_last_run);
  const arr = (cents: number) => formatMoney(cents, currency);
  return [
    `\nSince the last run, ${last_run.as_of}: ${up} up (${arr(sum((part) => part.up_since_last_run_arr_cents))}), ${down} down (${arr(sum((part) => part.down_since_last_run_arr_cents))})`,
  ];
}

const MOST_DRIVERS = 3;

/** What costs the most ARR its health. */
function driverLines(rows: readonly RowOf<typeof measureHealth>[], currency: string): string[] {
  const top = rows
    .filter(({ cut, top_driver_accounts }) => cut === 'all' && top_driver_accounts > 0)
    .sort((a, b) => b.top_driver_arr_cents - a.top_driver_arr_cents)
    .slice(0, MOST_DRIVERS)
    .map(
      ({ measure, top_driver_arr_cents: cents, top_driver_accounts: accounts }) =>
        `${measure} (${formatMoney(cents, currency)}, ${plural(accounts, 'account')})`,
    );
  return top.length === 0 ? [] : [`What costs the most points, by ARR: ${top.join(', ')}`];
}

/** What is at risk, and how much of it somebody is told. */
async function alertLines({ manifest }: JobOutcome, store: ObjectStore): Promise<string[]> {
  const { open_flags, overdue_flags, shown_flags } = manifest.summary;
  const { overridden_bands, alerts_held_because: held } = manifest.summary;
  const path = partitionPath(alertBudget.name, manifest.as_of);
  const owners = (await readTable(store, alertBudget, { path })) ?? [];
  const sum = (name: 'held_by_budget' | 'held_by_play' | 'held_by_cooldown' | 'held_by_guard') =>
    owners.reduce((total, owner) => total + owner[name], 0);
  const why = [
    `${sum('held_by_budget')} beyond the budget`,
    `${sum('held_by_play')} with a play open`,
    `${sum('held_by_cooldown')} cooling down`,
    ...(held === null ? [] : [`${sum('held_by_guard')} by the drift guard`]),
  ];
  const rooms = manifest.files.find(({ table }) => table === warRooms.name)?.rows ?? 0;
  return [
    `Flags: ${open_flags} open, ${overdue_flags} with an overdue play; ${shown_flags} shown to ${plural(owners.length, 'owner')}; held: ${why.join(', ')}.`,
    `${plural(rooms, 'war room')}; ${plural(Number(overridden_bands), 'band')} overridden by an owner.`,
    ...(held == null ? [] : [`Alerts are held: ${plainText(String(held), 300)}`]),
  ];
}

type RedAccount = RowOf<typeof accountHealth> & { readonly why: string };

/** The red accounts with the most ARR, each with the words of what costs it most. */
async function largestRed(store: ObjectStore, asOf: Day): Promise<RedAccount[]> {
  const accounts = await readTable(store, accountHealth, {
    path: partitionPath(accountHealth.name, asOf),
    filter: { band: { $eq: 'red' } },
  });
  const largest = [...(accounts ?? [])]
    .sort((a, b) => b.arr_cents - a.arr_cents)
    .slice(0, LARGEST_RED);
  const receipts = await readTable(store, healthReceipts, {
    path: partitionPath(healthReceipts.name, asOf),
    filter: { account_id: { $in: largest.map(({ account_id }) => account_id) } },
  });
  return largest.map((account) => {
    const worst = receipts?.find(
      (line) => line.account_id === account.account_id && line.measure === account.top_driver,
    );
    const overridden = account.override_reason && `overridden: ${account.override_reason}`;
    return { ...account, why: overridden ?? account.gate_reason ?? worst?.evidence ?? '' };
  });
}

const redRow = (account: RedAccount): string[] => [
  `  ${plainText(account.account_id, 20)}`,
  plainText(account.name ?? '', 30),
  formatMoney(account.arr_cents, account.currency),
  account.score?.toFixed(1) ?? '',
  plainText(account.why, 60),
];

function outsideLines({ manifest }: JobOutcome): string[] {
  const outside =
    Number(manifest.summary.accounts) -
    bands.reduce((sum, band) => sum + Number(manifest.summary[`${band}_customers`] ?? 0), 0);
  if (outside <= 0) return [];
  return [`\n${plural(outside, 'account')} without a live contract left out of the table above.`];
}

/** A word for a line that people paste into a shell; whatever it holds stays one plain word. */
const shellWord = (word: string): string =>
  /^[\w./:-]+$/.test(word) ? word : `'${plainText(word, 200).replaceAll("'", `'\\''`)}'`;
