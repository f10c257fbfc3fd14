import type { Day } from '../../basics/day.ts';
import { type Html, html } from '../escape.ts';
import { daysLeft } from '../words/days.ts';
import { cut, dayHtml } from './page-words.ts';
import type { Decision, Report } from './report.ts';

/** What needs a decision, each with why, who and by when; a quiet week says that it is one. */
export const decisionsHtml = ({ decisions, asOf }: Report): Html => {
  const asked =
    decisions.length === 0
      ? html`<p class="quiet">Nothing needs a decision this week.</p>`
      : html`<ol>${decisions.map((decision) => decisionHtml(decision, asOf))}</ol>`;
  return html`<section id="decisions" class="sheet decisions" aria-labelledby="decisions-title"><h2 id="decisions-title">Needs a decision this week</h2>${asked}</section>`;
};

function decisionHtml({ what, why, owner, dueOn }: Decision, asOf: Day): Html {
  const who = html`<bdi>${owner === null ? 'No owner yet' : cut(owner, 80)}</bdi>`;
  const when =
    dueOn === null
      ? 'no date'
      : html`${dueOn < asOf ? 'was due' : 'by'} ${dayHtml(dueOn, asOf)} <span class="mut">(${daysLeft(dueOn, asOf)})</span>`;
  return html`<li><div><b>${cut(what)}</b><span class="why">${cut(why, 500)}</span></div><p class="who">${who}<br>${when}</p></li>`;
}
