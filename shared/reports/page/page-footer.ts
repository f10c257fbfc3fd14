import { plural } from '../../basics/text.ts';
import { type Html, html } from '../escape.ts';
import type { Tone } from '../mail-content.ts';
import { fullDay } from '../words/days.ts';
import { sentence } from '../words/sentence.ts';
import { badgeHtml, cut } from './page-words.ts';
import type { Freshness, Report } from './report.ts';

/** A map, since a status comes from a table and could be the name of something every object has. */
const STATUSES: ReadonlyMap<string, readonly [string, Tone]> = new Map([
  ['stale', ['Stale', 'warn']],
  ['broken', ['Broken', 'bad']],
  ['absent', ['Absent', 'plain']],
]);

/** What the page rests on: its sources, what it leaves out, by which definitions, and for whom. */
export const footerHtml = ({
  freshness,
  exclusions,
  definitionsId,
  asOf,
  currency,
  why,
}: Report): Html => {
  const left = exclusions.map((line) => html`<li>${sentence(cut(line, 500))}</li>`);
  return html`<footer id="sources"><div class="wrap"><h2>What this rests on</h2>
<div class="rests"><div><h3>Sources</h3>${sourcesHtml(freshness)}</div><div><h3>Left out</h3>${left.length === 0 ? html`<p>Nothing is left out.</p>` : html`<ul>${left}</ul>`}</div><div><h3>Read with</h3><p>As of ${fullDay(asOf)}. Money in ${cut(currency, 8)}. Definitions <code>${cut(definitionsId, 80)}</code>.</p>${why === null ? '' : html`<p>${cut(why, 500)}</p>`}</div></div></div></footer>`;
};

function sourcesHtml(freshness: readonly Freshness[]): Html {
  if (freshness.length === 0) return html`<p>No word on the sources.</p>`;
  const ready = freshness.filter(({ status }) => status === 'ready');
  const rest = freshness.filter(({ status }) => status !== 'ready');
  const names = ready.map(({ source }) => cut(source, 60)).join(', ');
  const said =
    ready.length === 0
      ? ''
      : html`<li>${badgeHtml({ badge: 'Ready', tone: 'good' })} ${plural(ready.length, 'source')}: ${names}.</li>`;
  return html`<ul class="plain">${rest.map(sourceHtml)}${said}</ul>`;
}

function sourceHtml({ source, status, reason }: Freshness): Html {
  const [badge, tone] = STATUSES.get(status) ?? [status, 'plain'];
  return html`<li>${badgeHtml({ badge, tone })} <b>${cut(source, 60)}</b>${reason === null ? '' : html` <span class="mut">${sentence(cut(reason))}</span>`}</li>`;
}
