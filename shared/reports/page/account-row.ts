import type { Day } from '../../basics/day.ts';
import { formatMoney } from '../../basics/money.ts';
import { type Html, html } from '../escape.ts';
import { bandBadge } from '../words/forecast.ts';
import { measureWords } from './measure-words.ts';
import { badgeHtml, cut, dayHtml, noneHtml, signed } from './page-words.ts';
import type { AccountLine } from './report.ts';
import { ownerOf, type SortKey } from './view.ts';

/** What rows need to know beside the account. */
export interface RowContext {
  readonly asOf: Day;
  readonly currency: string;
  /** True where a script can open what is known of the account. */
  readonly opens: boolean;
}

/** The columns of the accounts, and where a sort begins: figures with the highest, names with A. */
export const columns: readonly {
  readonly key: Exclude<SortKey, 'stake'>;
  readonly title: string;
  readonly isFigure: boolean;
  readonly beginsDown: boolean;
}[] = [
  { key: 'account', title: 'Account', isFigure: false, beginsDown: false },
  { key: 'segment', title: 'Segment', isFigure: false, beginsDown: false },
  { key: 'lifecycle', title: 'Stage', isFigure: false, beginsDown: false },
  { key: 'arr', title: 'ARR', isFigure: true, beginsDown: true },
  { key: 'health', title: 'Health', isFigure: false, beginsDown: false },
  { key: 'change', title: '28 days', isFigure: true, beginsDown: false },
  { key: 'renewal', title: 'Renews', isFigure: false, beginsDown: false },
  { key: 'driver', title: 'Main driver', isFigure: false, beginsDown: false },
  { key: 'flags', title: 'Flags', isFigure: false, beginsDown: true },
  { key: 'owner', title: 'Owner', isFigure: false, beginsDown: false },
];

/**
 * One account as a row: written into the page for those who read without a script, and drawn by the
 * script. The roles are said because rows become cards on a telephone, where tables lose theirs.
 */
export const accountRow = (account: AccountLine, { asOf, currency, opens }: RowContext): Html => {
  const { accountId, segment, lifecycle, arrCents, renewalOn, driver } = account;
  const cells: readonly (readonly [string, Html | string])[] = [
    ['segment', cut(segment, 60)],
    ['stage', cut(lifecycle, 40)],
    ['arr num', formatMoney(arrCents, currency)],
    ['health', healthHtml(account)],
    ['change num', changeHtml(account.change28)],
    ['renewal', renewalOn === null ? noneHtml('no renewal known') : dayHtml(renewalOn, asOf)],
    ['driver', driver === null ? noneHtml('no driver') : cut(measureWords(driver), 60)],
    ['flags', flagsHtml(account)],
    ['owner', html`<bdi>${cut(ownerOf(account) ?? 'No owner', 60)}</bdi>`],
  ];
  return html`<tr role="row" data-account="${accountId}"><th role="rowheader" scope="row" class="c-account">${nameHtml(account, opens)}</th>${cells.map(
    ([name, cell]) => html`<td role="cell" class="c-${name}">${cell}</td>`,
  )}</tr>`;
};

/** Its name as it stands; an account without one goes by its id. */
export const nameOf = ({ name, accountId }: AccountLine): string =>
  cut(name ?? '', 120) || cut(accountId, 120);

/** Score, a bar as long as it, and the band in a word. */
export const healthHtml = ({ score, band }: AccountLine): Html => {
  const badge = badgeHtml(bandBadge(band));
  if (score === null) return html`<span class="score"></span>${barHtml(null, band)}${badge}`;
  return html`<span class="score">${score.toFixed(1)}</span>${barHtml(score, band)}${badge}`;
};

/** A bar of 0 to 100, drawn, since the page allows no style of its own to an element. */
const barHtml = (points: number | null, band: string): Html => {
  const width = Math.max(0, Math.min(100, points ?? 0));
  const fill =
    points === null
      ? ''
      : html`<rect class="fill ${bandBadge(band).tone}" width="${width}" height="4"/>`;
  return html`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="rail" width="100" height="4"/>${fill}</svg>`;
};

/** The change of the score, with its sign. */
export const changeHtml = (change: number | null): Html => {
  if (change === null) return noneHtml('no score 28 days ago');
  const tone = change < 0 ? 'down' : change > 0 ? 'up' : 'same';
  return html`<span class="${tone}">${signed(change)}</span>`;
};

const SEVERITIES = ['critical', 'high', 'medium', 'low'];

/** How bad a flag is, by a tone that its word stands on. */
export const severityTone = (severity: string): 'bad' | 'warn' | 'plain' => {
  if (severity === 'critical' || severity === 'high') return 'bad';
  return severity === 'medium' ? 'warn' : 'plain';
};

function flagsHtml({ flags }: AccountLine): Html {
  if (flags.length === 0) return noneHtml('no flags');
  const worst =
    SEVERITIES.find((known) => flags.some(({ severity }) => severity === known)) ?? 'low';
  const badge = flags.length === 1 ? `1 ${worst}` : `${flags.length}, ${worst}`;
  return badgeHtml({ badge, tone: severityTone(worst) });
}

function nameHtml(account: AccountLine, opens: boolean): Html {
  const name = html`<bdi>${nameOf(account)}</bdi>`;
  return opens
    ? html`<button type="button" class="open" aria-haspopup="dialog">${name}</button>`
    : html`<span class="open">${name}</span>`;
}
