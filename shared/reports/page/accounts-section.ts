import { plural } from '../../basics/text.ts';
import { type Html, html } from '../escape.ts';
import { accountRow, columns } from './account-row.ts';
import { dataBlock } from './data-block.ts';
import { packAccounts } from './pack.ts';
import { packReceipts } from './pack-receipts.ts';
import { cut } from './page-words.ts';
import type { Report } from './report.ts';
import { byStake, MOST_ACCOUNTS } from './stake.ts';
import { unpackAccounts } from './unpack.ts';

/** So many rows are written into the page, and so many the script draws at a time. */
export const ROWS_AT_ONCE = 200;

/** All accounts: the first as plain rows for everybody, the rest as data for the script. */
export const accountsHtml = (report: Report): Html => {
  const { accounts, accountsLeftOut, asOf, currency, questions } = report;
  if (accounts.length === 0) return noneHtml(accountsLeftOut);
  const held = [...accounts].sort(byStake).slice(0, MOST_ACCOUNTS);
  const leftOut = accountsLeftOut + accounts.length - held.length;
  const packed = packAccounts(held);
  // Rows are made of what the script will see, so that both say the same.
  const rows = unpackAccounts({ ...packed, rows: packed.rows.slice(0, ROWS_AT_ONCE) }).map(
    (account) => accountRow(account, { asOf, currency, opens: false }),
  );
  return html`<section id="accounts" class="sheet" aria-labelledby="accounts-title">
<h2 id="accounts-title">All accounts</h2>
<p class="about">Most at stake first: red before yellow before green, and within a band by ARR.${leftOutWords(leftOut)}</p>
${withoutScript(rows.length, held.length)}${toolbar()}
<div class="box accounts" role="region" tabindex="0" aria-label="Accounts, table"><table role="table" aria-describedby="shown"><caption class="vh">Accounts with their health, renewal and owner</caption><thead role="rowgroup"><tr role="row">${columns.map(
    ({ key, title, isFigure }) =>
      html`<th role="columnheader" scope="col" class="c-${key}${isFigure ? ' num' : ''}" data-sort="${key}">${title}</th>`,
  )}</tr></thead><tbody role="rowgroup" id="rows">
${rows.map((row) => html`${row}\n`)}</tbody></table></div>
<p class="more"><button type="button" id="more" hidden>Show more</button></p>
${dataBlock('page-data', { ...packed, asOf, currency, questions: plainQuestions(questions), atOnce: ROWS_AT_ONCE })}
${dataBlock('receipt-data', packReceipts(held))}
</section>`;
};

function noneHtml(leftOut: number): Html {
  const said = leftOut === 0 ? 'No account has a live contract yet.' : leftOutWords(leftOut).trim();
  return html`<section id="accounts" class="sheet" aria-labelledby="accounts-title"><h2 id="accounts-title">All accounts</h2><p class="quiet">${said}</p></section>`;
}

function leftOutWords(leftOut: number): string {
  if (leftOut === 0) return '';
  return ` And ${plural(leftOut, 'more account')} in the table account_health.`;
}

function withoutScript(shownRows: number, all: number): Html {
  const rest =
    shownRows === all
      ? `All ${plural(all, 'account')} are shown.`
      : `The first ${shownRows} of ${plural(all, 'account')} are shown; the table account_health has them all.`;
  return html`<noscript><p class="noscript">${rest} To search, sort and open receipts this page needs JavaScript; the receipts are in the table health_receipts.</p></noscript>`;
}

function toolbar(): Html {
  const filters: readonly (readonly [string, string, string])[] = [
    ['band', 'Health', 'All bands'],
    ['segment', 'Segment', 'All segments'],
    ['lifecycle', 'Stage', 'All stages'],
    ['owner', 'Owner', 'All owners'],
  ];
  const sorts = columns.map(({ key, title }) => html`<option value="${key}">${title}</option>`);
  return html`<div class="tools" id="tools" role="search" aria-label="Accounts" hidden><label class="find"><span class="vh">Find an account</span><input type="search" id="query" placeholder="Find an account, owner or driver" autocomplete="off" spellcheck="false"></label>${filters.map(
    ([key, title, all]) =>
      html`<label><span class="vh">${title}</span><select id="by-${key}"><option value="">${all}</option></select></label>`,
  )}<label class="sorting"><span class="vh">Sort by</span><select id="sort"><option value="stake">Most at stake</option>${sorts}</select></label><label class="tick"><input type="checkbox" id="flagged"> With flags</label><button type="button" id="clear" hidden>Clear</button></div>
<p class="shown" id="shown" role="status"></p>`;
}

function plainQuestions(questions: Report['questions']): Record<string, string> {
  return Object.fromEntries(Object.entries(questions).map(([id, text]) => [id, cut(text, 120)]));
}
