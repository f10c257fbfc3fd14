import type { Day } from '../../../shared/basics/day.ts';
import { formatMoney } from '../../../shared/basics/money.ts';
import { HoldfastError } from '../../../shared/basics/problem.ts';
import { plainText } from '../../../shared/basics/text.ts';
import type { ObjectStore } from '../../../shared/ports/object-store.ts';
import { type Manifest, manifestPath, readManifest } from '../../../shared/publish/manifest.ts';
import { dayPointerOf, readPointer } from '../../../shared/publish/pointer.ts';
import { readTable } from '../../../shared/publish/read-table.ts';
import { riskFlags } from '../../../shared/publish/risk-tables.ts';
import type { RowOf, Table } from '../../../shared/publish/table.ts';
import { accountHealth, healthMovements, healthReceipts } from '../../../shared/publish/tables.ts';
import { aligned } from '../aligned.ts';
import type { ExitCode } from '../main.ts';
import { openStore } from '../open-warehouse.ts';
import { flagLines, leverLines, movementLines } from '../print-account.ts';

interface ExplainOptions {
  readonly out: string;
  readonly asOf?: Day;
}

/** Prints the health of one account as it was published: every point, why it moved, what to do. */
export const explain = async (accountId: string, options: ExplainOptions): Promise<ExitCode> => {
  const store = await openStore(options.out);
  const asOf = options.asOf ?? (await readPointer(store, 'score-accounts'))?.as_of;
  const manifest = asOf === undefined ? null : await manifestOf(store, asOf);
  if (manifest === null) throw nothingPublished(store, options.out, asOf);
  const rows = rowsOf(store, manifest, accountId);
  const [[account], receipt, movements, flags] = await Promise.all([
    rows(accountHealth),
    rows(healthReceipts),
    rows(healthMovements),
    rows(riskFlags),
  ]);
  if (account === undefined) throw noSuchAccount(accountId, manifest.as_of);
  const before = await receiptBefore(store, manifest, accountId);
  const sections = [
    headLines(account, manifest.as_of),
    receiptLines(account, receipt),
    movementLines(movements, receipt, before),
    leverLines(account, receipt, manifest.definitions.meaning),
    flagLines(flags, manifest.as_of),
  ].filter((lines) => lines.length > 0);
  console.log(sections.map((lines) => lines.join('\n')).join('\n\n'));
  return 0;
};

type Account = RowOf<typeof accountHealth>;
type Line = RowOf<typeof healthReceipts>;

async function manifestOf(store: ObjectStore, asOf: Day): Promise<Manifest | null> {
  const pointer = await dayPointerOf(store, 'score-accounts', asOf);
  return pointer === null ? null : readManifest(store, pointer.manifest);
}

/** The account's rows in the tables of one run, read from the run's own files. */
const rowsOf =
  (store: ObjectStore, manifest: Manifest, accountId: string) =>
  async <T extends Table>(table: T): Promise<RowOf<T>[]> => {
    const path = manifest.files.find((file) => file.table === table.name)?.path;
    if (path === undefined) return [];
    const filter = { account_id: { $eq: accountId } };
    return (await readTable(store, table, { path, filter })) ?? [];
  };

/** The receipt of the last run before, to say which lines moved. */
async function receiptBefore(
  store: ObjectStore,
  { history }: Manifest,
  accountId: string,
): Promise<Line[]> {
  if (history.last_run === null) return [];
  // The very run it was compared with, whatever has been published of that day since.
  const { as_of: asOf, run_key: key } = history.last_run;
  const manifest = await readManifest(store, manifestPath({ job: 'score-accounts', asOf, key }));
  return manifest === null ? [] : rowsOf(store, manifest, accountId)(healthReceipts);
}

function headLines(account: Account, asOf: Day): string[] {
  const place = [account.segment, account.lifecycle, account.region, account.owner_email];
  const score = account.score === null ? 'unscored' : `${account.score.toFixed(1)} ${account.band}`;
  const trend = account.change_28d === null ? '' : ` (${signed(account.change_28d)} in 28 days)`;
  return [
    `${plainText(account.name ?? '', 60)} (${plainText(account.account_id, 60)}) · as of ${asOf}`,
    `${plainText(place.filter(Boolean).join(' · '), 120)} · ARR ${formatMoney(account.arr_cents, account.currency)}`,
    `Health ${score} · ${account.trend}${trend} · coverage ${Math.round(account.coverage * 100)} %`,
    ...overrideLines(account),
    ...(account.reason === null ? [] : [plainText(account.reason, 400)]),
  ];
}

function overrideLines(account: Account): string[] {
  if (account.override_expires_on === null) return [];
  const who = plainText(account.override_owner_email ?? 'somebody', 60);
  const why = plainText(account.override_reason ?? 'no reason given', 120);
  return [
    `Overridden to ${account.band} by ${who} until ${account.override_expires_on} (the score says ${account.scored_band}): ${why}`,
  ];
}

const signed = (points: number): string => `${points > 0 ? '+' : ''}${points.toFixed(1)}`;

function receiptLines(account: Account, receipt: readonly Line[]): string[] {
  const rows = receipt.map((line) => [
    line.dimension,
    line.measure,
    line.points === null ? '–' : line.points.toFixed(1),
    line.weight.toFixed(1),
    line.status === 'unknown' ? '–' : (line.contribution?.toFixed(1) ?? '–'),
    plainText(line.evidence ?? `unknown: ${line.reason}`, 90),
  ]);
  const head = ['dimension', 'measure', 'points', 'weight', 'adds', 'evidence'];
  const sum = receipt.reduce((total, { contribution }) => total + (contribution ?? 0), 0);
  const feet =
    account.score === null
      ? []
      : [
          ['', 'sum of lines', '', '', sum.toFixed(1), ''],
          [
            '',
            'gate',
            '',
            '',
            account.gate_effect.toFixed(1),
            plainText(account.gate_reason ?? 'none', 90),
          ],
          ...(account.gates_unknown === null
            ? []
            : [['', 'not asked', '', '', '', plainText(account.gates_unknown, 120)]]),
          ['', 'score', '', '', account.score.toFixed(1), account.band],
        ];
  return aligned([head, ...rows, ...feet], [false, false, true, true, true, false]);
}

function nothingPublished(store: ObjectStore, out: string, asOf?: Day): HoldfastError {
  const what = asOf === undefined ? 'no published run' : `no published run for ${asOf}`;
  return new HoldfastError('usage', [
    {
      where: store.locate('latest'),
      found: what,
      expected: 'the results of score-accounts',
      fix: `Run score-accounts first, or name its results with --out (it is ${out} now).`,
    },
  ]);
}

function noSuchAccount(accountId: string, asOf: Day): HoldfastError {
  const found = `no account "${plainText(accountId)}" on ${asOf}`;
  const fix = 'Look it up in account_health.';
  return new HoldfastError('usage', [{ where: 'explain', found, expected: 'an account_id', fix }]);
}
