import type { Day } from '../../basics/day.ts';
import { plainText } from '../../basics/text.ts';
import { type Html, html, shown } from '../escape.ts';
import type { Badge } from '../mail-content.ts';
import { shortDay } from '../words/days.ts';

/** Texts of strangers end somewhere: here, at a whole character. */
export const cut = (text: string, longest = 300): string => plainText(shown(text), longest);

/** A word on its colour; the word says all that the colour does. */
export const badgeHtml = ({ badge, tone }: Badge): Html =>
  html`<span class="badge ${tone}">${cut(badge, 40)}</span>`;

/** A dash to the eye, a sentence to a screen reader. */
export const noneHtml = (why: string): Html =>
  html`<span class="none"><span aria-hidden="true">–</span><span class="vh">${why}</span></span>`;

/** A difference with its sign, in tenths; the minus is as wide as the plus. */
export const signed = (change: number): string => {
  if (change === 0) return '0.0';
  return `${change > 0 ? '+' : '−'}${Math.abs(change).toFixed(1)}`;
};

/** A day that machines can read too. */
export const dayHtml = (day: Day, asOf: Day): Html =>
  html`<time datetime="${day}">${shortDay(day, asOf)}</time>`;
