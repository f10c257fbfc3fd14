import { formatMoney } from '../../basics/money.ts';
import { plural } from '../../basics/text.ts';
import { type Html, html, mailtoLink } from '../escape.ts';
import { daysLeft } from '../words/days.ts';
import { percent } from '../words/forecast.ts';
import { sentence } from '../words/sentence.ts';
import { changeHtml, healthHtml, nameOf, type RowContext, severityTone } from './account-row.ts';
import { badgeHtml, cut, dayHtml } from './page-words.ts';
import { receiptHtml } from './receipt-table.ts';
import type { AccountLine, PageFlag, ReceiptLine } from './report.ts';

interface Detail extends Omit<RowContext, 'opens'> {
  readonly account: AccountLine;
  readonly receipt: readonly ReceiptLine[] | null;
  readonly questions: Readonly<Record<string, string>>;
}

/** All that the page knows of one account: how it stands, what is flagged, and why the score. */
export const accountDetail = (detail: Detail): Html => {
  const { account } = detail;
  const { accountId, segment, lifecycle, region, note, flags } = account;
  const about = [accountId, segment, lifecycle, region].filter(
    (text) => text !== null && text !== '',
  );
  const said = note === null ? '' : html`<p class="say">${sentence(cut(note))}</p>`;
  return html`<h2 id="detail-title" tabindex="-1"><bdi>${nameOf(account)}</bdi></h2>
<p class="about">${about.map((text, place) => html`${place === 0 ? '' : ' · '}<bdi>${cut(text ?? '', 80)}</bdi>`)}</p>
<dl class="facts">${factsOf(detail).map(([term, fact]) => html`<div><dt>${term}</dt><dd>${fact}</dd></div>`)}</dl>${said}
${flags.length === 0 ? '' : html`<h3>${plural(flags.length, 'open flag')}</h3><ul class="flags">${flags.map(flagHtml)}</ul>`}
${receiptHtml(detail)}`;
};

function factsOf({
  account,
  asOf,
  currency,
}: Detail): readonly (readonly [string, Html | string])[] {
  const { arrCents, renewalOn, coverage } = account;
  const renews =
    renewalOn === null
      ? 'not known'
      : html`${dayHtml(renewalOn, asOf)} <span class="mut">${daysLeft(renewalOn, asOf)}</span>`;
  return [
    ['Health', healthHtml(account)],
    ['In 28 days', changeHtml(account.change28)],
    ['ARR', formatMoney(arrCents, currency)],
    ['Renews', renews],
    ['Owner', ownerHtml(account)],
    ['Coverage', coverage === null ? 'not known' : `${percent(coverage)} is known`],
  ];
}

function ownerHtml({ ownerName, ownerEmail }: AccountLine): Html | string {
  const name = ownerName ?? ownerEmail;
  if (name === null) return 'No owner';
  const link = ownerEmail === null ? null : mailtoLink(ownerEmail);
  const words = html`<bdi>${cut(name, 80)}</bdi>`;
  return link === null ? words : html`<a href="${link}">${words}</a>`;
}

const flagHtml = ({ signal, severity, evidence }: PageFlag): Html =>
  html`<li>${badgeHtml({ badge: severity, tone: severityTone(severity) })} <b>${cut(signal, 80)}</b><span class="mut">${sentence(cut(evidence))}</span></li>`;
