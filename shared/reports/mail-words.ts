import { type Html, html, mailtoLink } from './escape.ts';
import type { Badge, Part, Strong, Words } from './mail-content.ts';
import { style, tones } from './mail-style.ts';

/** A table that only places things: readers of screens pass over it. */
export const placed = (rows: Html | readonly Html[]): Html =>
  html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">${rows}</table>`;

/** A sentence with its badges and links. */
export const wordsHtml = (words: Words): Html => html`${words.map(partHtml)}`;

function partHtml(part: Part): Html {
  if (typeof part === 'string') return html`${part}`;
  if ('badge' in part) return badgeHtml(part);
  if ('strong' in part) return strongHtml(part);
  const link = mailtoLink(part.address);
  return link === null
    ? html`${part.name}`
    : html`<a href="${link}" style="color:#1d4ed8">${part.name}</a>`;
}

function strongHtml({ strong, tone }: Strong): Html {
  if (tone === undefined) return html`<b class="ink" style="${style.ink}">${strong}</b>`;
  const { name, color } = tones[tone];
  return html`<b class="${name}" style="color:${color}">${strong}</b>`;
}

/** A word on a ground of its colour. */
export function badgeHtml({ badge, tone }: Badge): Html {
  const { name, color, ground } = tones[tone];
  return html`<span class="${name} g${name.slice(1)}" style="color:${color};background:${ground};padding:2px 8px;border-radius:9px;font-size:12px;font-weight:bold;white-space:nowrap">${badge}</span>`;
}
