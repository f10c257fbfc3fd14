import { plural } from '../../basics/text.ts';
import { type Html, html } from '../escape.ts';
import { sentence } from '../words/sentence.ts';
import { measureWords } from './measure-words.ts';
import { cut, signed } from './page-words.ts';
import type { AccountLine, ReceiptLine } from './report.ts';

interface Receipt {
  readonly account: AccountLine;
  readonly receipt: readonly ReceiptLine[] | null;
  readonly questions: Readonly<Record<string, string>>;
}

/** Why the score is what it is: what costs most first, the sum below, and then what is not known. */
export const receiptHtml = ({ account, receipt, questions }: Receipt): Html => {
  if (receipt === null) {
    return html`<h3>How the score comes about</h3><p class="mut">The receipt of this account is not in this file. The table health_receipts has it.</p>`;
  }
  const known = receipt.filter(isKnown);
  const weight = known.reduce((sum, line) => sum + line.weight, 0);
  const costly = known
    .map((line) => ({ line, most: weight === 0 ? 0 : (100 * line.weight) / weight }))
    .sort((a, b) => costOf(b) - costOf(a));
  const unknown = receipt.filter((line) => !isKnown(line) && line.weight > 0);
  return html`${costly.length === 0 ? '' : tableHtml(costly, account, questions)}${unknownHtml(unknown)}`;
};

interface Weighed {
  readonly line: ReceiptLine;
  /** Points of score it would add at its best. */
  readonly most: number;
}

function tableHtml(
  lines: readonly Weighed[],
  account: AccountLine,
  questions: Receipt['questions'],
): Html {
  const rows = lines.map(({ line, most }) => {
    const { measure, value, points, contribution } = line;
    const question = Object.hasOwn(questions, measure) ? (questions[measure] ?? '') : '';
    return html`<tr><th scope="row"><b>${cut(measureWords(measure), 60)}</b>${question === '' ? '' : html` <span class="ask">${cut(question, 120)}</span>`}<span class="saw">${sentence(cut(value ?? 'no evidence kept'))}</span></th><td class="num">${points?.toFixed(0) ?? '–'}</td><td class="num"><b>${contribution?.toFixed(1) ?? '–'}</b> <span class="mut">of ${most.toFixed(1)}</span>${partHtml(contribution, most)}</td></tr>`;
  });
  return html`<h3>How the score comes about</h3><table class="receipt"><caption class="vh">What was seen, the points it is worth, and what it adds to the score; what costs most comes first</caption><thead><tr><th scope="col">Measure</th><th scope="col" class="num">Points</th><th scope="col" class="num">Adds</th></tr></thead><tbody>${rows}</tbody><tfoot>${sumsHtml(lines, account)}</tfoot></table>`;
}

function sumsHtml(lines: readonly Weighed[], { gate, score }: AccountLine): Html {
  if (score === null) return html``;
  const sum = lines.reduce((total, { line }) => total + (line.contribution ?? 0), 0);
  const gated =
    gate === null
      ? ''
      : html`<tr><th scope="row" colspan="2">Sum</th><td class="num">${sum.toFixed(1)}</td></tr><tr><th scope="row" colspan="2"><b>Gate</b><span class="saw">${sentence(cut(gate.reason))}</span></th><td class="num">${signed(gate.effect)}</td></tr>`;
  return html`${gated}<tr class="total"><th scope="row" colspan="2">Score</th><td class="num">${score.toFixed(1)}</td></tr>`;
}

function unknownHtml(lines: readonly ReceiptLine[]): Html | string {
  if (lines.length === 0) return '';
  const weight = lines.reduce((sum, line) => sum + line.weight, 0);
  return html`<h3>${plural(lines.length, 'measure')} not known</h3><p class="mut">${weight.toFixed(0)} of 100 in weight. What is not known lowers the coverage, not the score.</p><ul class="unknown">${lines.map(
    ({ measure, reason }) =>
      html`<li><b>${cut(measureWords(measure), 60)}</b> <span class="mut">${sentence(cut(reason ?? 'no reason kept'))}</span></li>`,
  )}</ul>`;
}

/** How much of what it could add it does. */
function partHtml(contribution: number | null, most: number): Html {
  const part = most === 0 ? 0 : Math.max(0, Math.min(1, (contribution ?? 0) / most));
  const width = Math.round(100 * part);
  return html`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="rail" width="100" height="4"/><rect class="fill" width="${width}" height="4"/></svg>`;
}

function isKnown({ points }: ReceiptLine): boolean {
  return points !== null;
}

function costOf({ line, most }: Weighed): number {
  return most - (line.contribution ?? 0);
}
