import { type Html, html, safeLink } from './escape.ts';
import type { Asks, Button, Picture, Tile, Tiles } from './mail-content.ts';
import { style, tones } from './mail-style.ts';
import { placed, wordsHtml } from './mail-words.ts';

/** Four figures in a row; two by two on a telephone. */
export const tilesHtml = ({ tiles }: Tiles): Html => {
  const width = `${Math.floor(100 / tiles.length)}%`;
  const cells = tiles.map(
    (tile, index) =>
      html`<td class="ti" width="${width}" valign="top" style="padding:${gaps(index, tiles.length)}">${tileHtml(tile)}</td>`,
  );
  return placed(html`<tr>${cells}</tr>`);
};

const GAP = 8;

/** Every tile gives up as much, so that all are as wide; margins below zero hardly any mailbox knows. */
const gaps = (index: number, count: number): string =>
  `0 ${Math.round((GAP * (count - 1 - index)) / count)}px 8px ${Math.round((GAP * index) / count)}px`;

function tileHtml({ label, value, change, about }: Tile): Html {
  const muted = `${style.muted};font-size:12px;line-height:17px`;
  const { name, color } = tones[change?.tone ?? 'plain'];
  const moved =
    change === null
      ? ''
      : html`<div class="${name}" style="color:${color};font-size:12px;line-height:17px;font-weight:bold">${change.strong}</div>`;
  return placed(
    html`<tr><td class="ln tl" bgcolor="#f7f9fc" style="background:#f7f9fc;border:1px solid #dfe5ee;border-radius:8px;padding:10px 12px"><div class="mut" style="${muted}">${label}</div><div class="ink" style="${style.ink};font-size:22px;line-height:28px;font-weight:bold;white-space:nowrap">${value}</div>${moved}<div class="mut" style="${muted}">${about}</div></td></tr>`,
  );
}

/** What is asked of the reader, in a box of its own. */
export const asksHtml = ({ asks }: Asks): Html => {
  const lines = asks.map(({ what, why, who }, index) => {
    const edge = index === 0 ? '' : 'border-top:1px solid #ecd9a0;';
    const cell = `${edge}padding:10px 0;vertical-align:top`;
    return html`<tr><td class="ta bx" width="24" style="${cell};color:#7a4d00;font-weight:bold">${index + 1}</td><td class="bod bx" style="${cell};${style.body};${style.breaks}"><b class="ink" style="${style.ink};font-size:15px">${what}</b><div>${why}</div><div class="mut" style="${style.muted};font-size:13px">${wordsHtml(who)}</div></td></tr>`;
  });
  return placed(
    html`<tr><td class="box" bgcolor="#fff8e4" style="background:#fff8e4;border:1px solid #ecd9a0;border-radius:8px;padding:4px 14px">${placed(lines)}</td></tr>`,
  );
};

/** As wide as the mail, so that a telephone makes it smaller; on white, for it is drawn on white. */
export const pictureHtml = ({ cid, alt, width, height }: Picture): Html =>
  html`<img src="cid:${cid}" width="${width}" height="${height}" alt="${alt}" class="bod pic" style="display:block;width:100%;max-width:${width}px;height:auto;border:0;border-radius:6px;background:#ffffff;${style.body};font-size:13px;line-height:19px">`;

/**
 * A link that looks like one to press; a target that is no link leaves only its words. Outlook on
 * Windows knows no padding but that of cells.
 */
export const buttonHtml = ({ label, link }: Button): Html => {
  const href = safeLink(link);
  if (href === null) return html`<b class="ink" style="${style.ink}">${label}</b>`;
  return html`<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td bgcolor="#1d4ed8" style="background:#1d4ed8;border-radius:8px;mso-padding-alt:12px 22px"><a href="${href}" class="btn" style="display:inline-block;padding:12px 22px;color:#ffffff;font-size:15px;font-weight:bold;text-decoration:none">${label}</a></td></tr></table>`;
};
