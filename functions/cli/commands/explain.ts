import type { Day } from '../../../shared/basics/day.ts';
import { formatMoney } from '../../../shared/basics/money.ts';
import { HoldfastError } from '../../../shared/basics/problem.ts';
import { roundTo } from '../../../shared/basics/ratio.ts';
import { plainText } from '../../../shared/basics/text.ts';
import type { Model } from '../../../shared/config/model.ts';
import type { ObjectStore } from '../../../shared/ports/object-store.ts';
import { readPointer } from '../../../shared/publish/pointer.ts';
import { partitionPath } from '../../../shared/publish/publication.ts';
import { readTable } from '../../../shared/publish/read-table.ts';
import type { RowOf } from '../../../shared/publish/table.ts';
import { accountHealth, healthReceipts } from '../../../shared/publish/tables.ts';
import { aligned } from '../aligned.ts';
import type { ExitCode } from '../main.ts';
import { openConfig } from '../open-config.ts';
import { openStore } from '../open-warehouse.ts';

interface ExplainOptions {
  readonly out: string;
  readonly asOf?: Day;
  readonly config?: string;
}

/** Prints the receipt of one account as it was published: every point, found and lost. */
export const explain = async (accountId: string, options: ExplainOptions): Promise<ExitCode> => {
  const store = openStore(options.out);
  const asOf = options.asOf ?? (await readPointer(store, 'score-accounts'))?.as_of;
  if (asOf === undefined) throw nothingPublished(store, options.out);
  const filter = { account_id: { $eq: accountId } };
  const [health, receipt] = await Promise.all([
    readTable(store, accountHealth, { path: partitionPath(accountHealth.name, asOf), filter }),
    readTable(store, healthReceipts, { path: partitionPath(healthReceipts.name, asOf), filter }),
  ]);
  if (health === null || receipt === null) throw nothingPublished(store, options.out, asOf);
  const [account] = health;
  if (account === undefined) throw noSuchAccount(accountId, asOf);
  const bands = options.config ? (await openConfig(options.config)).model.bands : null;
  const head = [...headLines(account, asOf), ...(bands ? bandLine(account.score, bands) : [])];
  console.log([...head, '', ...receiptLines(account, receipt)].join('\n'));
  return 0;
};

type Account = RowOf<typeof accountHealth>;
type Line = RowOf<typeof healthReceipts>;

function headLines(account: Account, asOf: Day): string[] {
  const place = [account.segment, account.region, account.owner_email].filter(Boolean).join(' · ');
  const score = account.score === null ? 'unscored' : `${account.score.toFixed(1)} ${account.band}`;
  return [
    `${plainText(account.name ?? '', 60)} (${plainText(account.account_id, 60)}) · as of ${asOf}`,
    `${plainText(place, 100)} · ARR ${formatMoney(account.arr_cents, account.currency)}`,
    `Health ${score} · coverage ${Math.round(account.coverage * 100)} %`,
    ...(account.reason === null ? [] : [plainText(account.reason, 400)]),
  ];
}

/** How far the score is from the better band, under the config of today. */
function bandLine(score: number | null, { green, yellow }: Model['bands']): string[] {
  if (score === null) return [];
  const missing = (from: number) => roundTo(from - score, 1).toFixed(1);
  if (score >= green) return [`Green begins at ${green}`];
  return score >= yellow
    ? [`${missing(green)} points below green, which begins at ${green}`]
    : [`${missing(yellow)} points below yellow, which begins at ${yellow}`];
}

function receiptLines(account: Account, receipt: readonly Line[]): string[] {
  const rows = receipt.map((line) => [
    line.dimension,
    line.measure,
    line.points === null ? '–' : line.points.toFixed(1),
    String(line.weight),
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
