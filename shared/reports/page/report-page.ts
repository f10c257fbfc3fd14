import { Html, html } from '../escape.ts';
import { fullDay, shortDay } from '../words/days.ts';
import { accountsHtml } from './accounts-section.ts';
import { script } from './assets.ts';
import { chartsHtml } from './charts-section.ts';
import { contentPolicy } from './content-policy.ts';
import { decisionsHtml } from './decisions-section.ts';
import { footerHtml } from './page-footer.ts';
import { pageStyle } from './page-style.ts';
import { cut } from './page-words.ts';
import type { Report, Tile } from './report.ts';
import { sectionsHtml } from './tables-section.ts';

/** The report of a week as one file that needs nothing else: no server, no network, no script to be read. */
export const reportPage = (report: Report): string => {
  const { company, weekOf, asOf } = report;
  const page = html`<!DOCTYPE html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(contentPolicy(script, pageStyle))}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${cut(company, 80)}: customers, week of ${shortDay(weekOf, asOf)}</title>
<link rel="icon" href="data:,">
<style>${new Html(pageStyle)}</style>
</head>
<body>
${headerHtml(report)}
<main id="main" class="wrap" tabindex="-1">
${openingHtml(report)}
${decisionsHtml(report)}
${chartsHtml(report)}
${sectionsHtml(report)}
${accountsHtml(report)}
</main>
${footerHtml(report)}
<dialog id="detail" aria-labelledby="detail-title"><div id="detail-body"></div><button type="button" id="detail-close">Close</button></dialog>
<script>${new Html(script)}</script>
</body>
</html>
`;
  return page.markup;
};

function headerHtml({ company, weekOf, asOf, charts, sections }: Report): Html {
  const places: readonly (readonly [string, string, boolean])[] = [
    ['decisions', 'Decisions', true],
    ['charts', 'Figures', charts.length > 0],
    ['tables', 'Lists', sections.length > 0],
    ['accounts', 'Accounts', true],
    ['sources', 'Sources', true],
  ];
  const links = places
    .filter(([, , stands]) => stands)
    .map(([id, title]) => html`<a href="#${id}">${title}</a>`);
  return html`<a class="skip" href="#main">Skip to the report</a>
<header class="top"><div class="wrap"><p class="brand"><b><bdi>${cut(company, 80)}</bdi></b> <span>Customer health, weekly</span></p><nav aria-label="On this page">${links}</nav><p class="when"><b>Week of ${shortDay(weekOf, asOf)}</b> <span>Data as of <time datetime="${asOf}">${fullDay(asOf)}</time></span></p><button type="button" id="theme" aria-pressed="false" hidden>Dark</button></div></header>`;
}

function openingHtml({ headline, warnings, tiles }: Report): Html {
  const warned =
    warnings.length === 0
      ? ''
      : html`<section class="warned" aria-labelledby="warned"><h2 id="warned">Before you read</h2>${warnings.map((warning) => html`<p>${cut(warning, 500)}</p>`)}</section>`;
  const lede = headline.lede.map((line) => html`<p>${cut(line, 500)}</p>`);
  const figures =
    tiles.length === 0
      ? ''
      : html`<ul class="tiles" aria-label="This week">${tiles.map(tileHtml)}</ul>`;
  return html`${warned}<div class="opening"><h1>${cut(headline.conclusion)}</h1><div class="lede">${lede}</div></div>${figures}`;
}

function tileHtml({ label, value, change, target, note }: Tile): Html {
  const moved = change === null ? '' : html`<b class="${change.tone}">${cut(change.words, 80)}</b>`;
  const aim = target === null ? '' : html`<span>${cut(target, 80)}</span>`;
  const under =
    change === null && target === null ? '' : html`<span class="moved">${moved}${aim}</span>`;
  const noted = note === null ? '' : html`<span class="note">${cut(note, 160)}</span>`;
  return html`<li><span class="label">${cut(label, 60)}</span><span class="value">${cut(value, 40)}</span>${under}${noted}</li>`;
}
