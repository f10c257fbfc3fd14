import { type Html, html } from '../escape.ts';
import { badgeHtml, cut } from './page-words.ts';
import type { PageCell, PageSection, PageTable, Report } from './report.ts';

/** The short tables: the largest accounts at risk, wins, flags. */
export const sectionsHtml = ({ sections }: Report): Html | string => {
  if (sections.length === 0) return '';
  return html`<section id="tables" class="grid" aria-labelledby="tables-title"><h2 id="tables-title" class="vh">Lists</h2>${sections.map(sectionHtml)}</section>`;
};

function sectionHtml({ title, about, table, empty }: PageSection): Html {
  const said = about === null ? '' : html`<p class="about">${cut(about, 500)}</p>`;
  const body =
    table.rows.length === 0 ? html`<p class="quiet">${cut(empty)}</p>` : tableHtml(table, title);
  return html`<section class="sheet"><h3>${cut(title)}</h3>${said}${body}</section>`;
}

/** A table that scrolls within its own box, so that the page never does. */
export const tableHtml = ({ columns, rows }: PageTable, caption: string): Html => {
  const heads = columns.map(
    ({ title, isFigure }) => html`<th scope="col"${classOf(isFigure)}>${cut(title, 60)}</th>`,
  );
  const lines = rows.map(
    (cells) =>
      html`<tr>${cells.map((cell, place) => cellHtml(cell, place, columns[place]?.isFigure ?? false))}</tr>`,
  );
  return html`<div class="box" role="region" tabindex="0" aria-label="${cut(caption)}, table"><table><caption class="vh">${cut(caption)}</caption><thead><tr>${heads}</tr></thead><tbody>${lines}</tbody></table></div>`;
};

function cellHtml(cell: PageCell, place: number, isFigure: boolean): Html {
  const words = wordsHtml(cell);
  return place === 0
    ? html`<th scope="row"${classOf(isFigure)}>${words}</th>`
    : html`<td${classOf(isFigure)}>${words}</td>`;
}

function wordsHtml(cell: PageCell): Html {
  if (typeof cell === 'string') return html`<bdi>${cut(cell)}</bdi>`;
  if ('badge' in cell) return badgeHtml(cell);
  // The script makes a button of it where it knows the account.
  return html`<span class="open" data-opens="${cell.accountId}"><bdi>${cut(cell.name, 120)}</bdi></span>`;
}

function classOf(isFigure: boolean): Html | string {
  return isFigure ? html` class="num"` : '';
}
