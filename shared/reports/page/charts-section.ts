import { Html, html } from '../escape.ts';
import { cut } from './page-words.ts';
import type { PageChart, Report } from './report.ts';
import { tableHtml } from './tables-section.ts';

/** The pictures of the week, each under what it shows; their numbers are in words beside them. */
export const chartsHtml = ({ charts }: Report): Html | string => {
  if (charts.length === 0) return '';
  return html`<section id="charts" class="grid" aria-labelledby="charts-title"><h2 id="charts-title" class="vh">Figures</h2>${charts.map(chartHtml)}</section>`;
};

function chartHtml({ title, svg, alt, table }: PageChart): Html {
  const figures =
    table === undefined || table === null
      ? ''
      : html`<details><summary>The numbers</summary>${tableHtml(table, title)}</details>`;
  return html`<figure class="sheet"><figcaption><h3>${cut(title)}</h3></figcaption><div class="plate" role="img" aria-label="${cut(alt, 2000)}">${pictureOf(svg)}</div>${figures}</figure>`;
}

/** What the policy of the page would refuse, or a picture has no business with. */
const FORBIDDEN =
  /\sstyle\s*=|<style|<script|<foreignObject|\son\w+\s*=|\b(?:href|src)\s*=\s*(?!["']?#)/i;

function pictureOf(svg: string): Html {
  const found = FORBIDDEN.exec(svg);
  if (!svg.startsWith('<svg') || found !== null) {
    throw new Error(`a chart holds ${found?.[0].trim() ?? 'no picture'}; expected a plain <svg>`);
  }
  return new Html(svg);
}
