import { type Html, html } from './escape.ts';
import type { Block, Card, Check, List, Next, Table } from './mail-content.ts';
import { asksHtml, buttonHtml, pictureHtml, tilesHtml } from './mail-figures.ts';
import { style, tones } from './mail-style.ts';
import { badgeHtml, placed, wordsHtml } from './mail-words.ts';

/** The parts of a mail as HTML that stands on tables, since Outlook knows nothing else. */
export const blockHtml = (block: Block): Html => {
  switch (block.kind) {
    case 'card':
      return cardHtml(block);
    case 'table':
      return tableHtml(block);
    case 'list':
      return listHtml(block);
    case 'tiles':
      return tilesHtml(block);
    case 'asks':
      return asksHtml(block);
    case 'picture':
      return pictureHtml(block);
    case 'button':
      return buttonHtml(block);
  }
};

function cardHtml(card: Card): Html {
  const { title, figure, about, badges, says, next, checksTitle, checks } = card;
  const head = html`<tr><td class="ink" style="${style.ink};font-size:17px;line-height:23px;font-weight:bold;${style.breaks}">${title}</td><td class="ink" align="right" valign="top" style="${style.ink};font-size:17px;line-height:23px;font-weight:bold;white-space:nowrap;padding-left:12px">${figure}</td></tr>`;
  const lines = says.map(
    (words) =>
      html`<div class="bod" style="${style.body};margin-top:6px;${style.breaks}">${wordsHtml(words)}</div>`,
  );
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="ln" style="border:1px solid #dfe5ee;border-radius:8px;border-collapse:separate;margin-bottom:16px"><tr><td style="padding:16px">${placed(head)}<div class="mut" style="${style.muted};font-size:13px;line-height:19px;margin-top:2px;${style.breaks}">${about}</div><div style="margin-top:8px;line-height:26px">${badges.map((badge) => html`${badgeHtml(badge)} `)}</div>${lines}${next === null ? '' : nextHtml(next)}<div class="ink" style="${style.ink};font-size:13px;font-weight:bold;margin:14px 0 4px">${checksTitle}</div>${checks.length === 0 ? '' : placed(checks.map(checkHtml))}</td></tr></table>`;
}

function nextHtml({ what, who }: Next): Html {
  const below =
    who === null
      ? ''
      : html`<div class="mut" style="${style.muted};font-size:13px;margin-top:2px">${wordsHtml(who)}</div>`;
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin-top:12px"><tr><td class="box bod" bgcolor="#fff8e4" style="background:#fff8e4;border:1px solid #ecd9a0;border-radius:6px;padding:10px 12px;${style.body};${style.breaks}"><b class="ink" style="${style.ink}">Next: </b>${what}${below}</td></tr></table>`;
}

function checkHtml({ status, tone, lines, aside }: Check): Html {
  const { name, color } = tones[tone];
  const cell = 'border-top:1px solid #dfe5ee;padding:7px 0;font-size:13px;line-height:18px';
  const said = lines.map(
    ({ title, detail }) =>
      html`<div><span class="ink" style="${style.ink}">${title}</span>${detail === '' ? '' : `: ${detail}`}</div>`,
  );
  const below =
    aside === ''
      ? ''
      : html`<div class="mut" style="${style.muted};font-size:12px;font-weight:normal">${aside}</div>`;
  return html`<tr><td class="${name} ln" width="92" valign="top" style="${cell};color:${color};font-weight:bold">${status}${below}</td><td class="mut ln" valign="top" style="${cell};${style.muted};${style.breaks}">${said}</td></tr>`;
}

function tableHtml({ columns, rows, more }: Table): Html {
  const edge = (index: number) => (index === 0 ? '' : 'padding-left:10px;');
  const side = (index: number) => (index === 0 ? 'left' : 'right');
  const heads = columns.map(
    (column, index) =>
      html`<th class="mut ln" align="${side(index)}" style="${style.muted};font-size:12px;font-weight:normal;${edge(index)}padding-bottom:6px">${column}</th>`,
  );
  const lines = rows.map(({ title, about, cells }) => {
    const cell = 'border-top:1px solid #dfe5ee;padding-top:9px;padding-bottom:9px;line-height:19px';
    const figures = cells.map(
      (words) =>
        html`<td class="bod ln" align="right" valign="top" style="${cell};${style.body};font-size:13px;padding-left:10px">${wordsHtml(words)}</td>`,
    );
    return html`<tr><td class="ln" valign="top" style="${cell};${style.breaks}"><b class="ink" style="${style.ink};font-size:14px">${title}</b><br><span class="mut" style="${style.muted};font-size:13px">${about}</span></td>${figures}</tr>`;
  });
  return html`<table width="100%" cellpadding="0" cellspacing="0" border="0"><tr>${heads}</tr>${lines}</table>${moreHtml(more)}`;
}

function listHtml({ items, more }: List): Html {
  const lines = items.map(
    (words) =>
      html`<tr><td class="bod ln" style="${style.body};padding:7px 0;border-top:1px solid #dfe5ee;${style.breaks}">${wordsHtml(words)}</td></tr>`,
  );
  return html`${lines.length === 0 ? '' : placed(lines)}${moreHtml(more)}`;
}

function moreHtml(more: string | null): Html | '' {
  if (more === null) return '';
  return html`<div class="mut" style="${style.muted};font-size:13px;margin-top:8px">${more}</div>`;
}
