import { Html, html } from './escape.ts';
import { blockHtml } from './mail-blocks.ts';
import type { MailContent, Section } from './mail-content.ts';
import { style, styleBlocks } from './mail-style.ts';
import { placed, wordsHtml } from './mail-words.ts';

/** Gmail cuts a mail off at 102 KB and hides the rest behind a link; this leaves room for its headers. */
export const MOST_BYTES = 98_000;

/** One layout for all mails: who writes, the conclusion, the sections, and what it rests on. */
export const mailHtml = (mail: MailContent): string => {
  const body = [...opening(mail), ...mail.sections.map(sectionHtml), closing(mail)];
  const page = html`<!DOCTYPE html>
<html lang="en" dir="ltr" xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no"><title>${mail.subject}</title>${styleBlocks.map((block) => html`<style>${new Html(block)}</style>`)}${FOR_OUTLOOK}</head>
<body class="pg" style="margin:0;padding:0;background:#eef2f7"><div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${mail.preheader}${AFTER_PREHEADER}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="pg" bgcolor="#eef2f7" style="background:#eef2f7"><tr><td class="pd" align="center" style="padding:20px 8px">
${WIDE_IN_OUTLOOK}<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="sh" bgcolor="#ffffff" style="max-width:600px;background:#ffffff;border:1px solid #dfe5ee;border-radius:10px;border-collapse:separate;${style.font};font-size:14px;line-height:20px;text-align:left">
${brandHtml(mail)}
${body.map((part) => html`${part}\n`)}</table>${AFTER_OUTLOOK}
</td></tr></table></body></html>
`;
  return page.markup;
};

/** Keeps mailboxes from showing the brand line after the preheader. */
const AFTER_PREHEADER = new Html('&#847;&zwnj;&nbsp;'.repeat(60));

/** Outlook on Windows sets cells in a font of its own, and takes pixels for points on a fine screen. */
const FOR_OUTLOOK = new Html(
  '<!--[if mso]><xml><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml><style>table,td,th,div,p,h1,h2,a,b,span{font-family:Segoe UI,Arial,sans-serif}</style><![endif]-->',
);

/** Nor does it know max-width. */
const WIDE_IN_OUTLOOK = new Html(
  '<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0"><tr><td><![endif]-->',
);
const AFTER_OUTLOOK = new Html('<!--[if mso]></td></tr></table><![endif]-->');

const HEAD = 'background:#12203f;padding:16px 24px;font-size:13px;line-height:18px';

const brandHtml = ({ company, about, day }: MailContent): Html =>
  html`<tr><td class="hd ed" bgcolor="#12203f" style="${HEAD};border-radius:9px 9px 0 0">${placed(
    html`<tr><td style="color:#ffffff;${style.breaks}"><b style="font-size:15px">${company}</b><br><span style="color:#c3cee2">${about}</span></td><td align="right" valign="bottom" style="color:#c3cee2;white-space:nowrap;padding-left:12px">${day}</td></tr>`,
  )}</td></tr>`;

function opening({ conclusion, lede, warnings, notes }: MailContent): Html[] {
  const warned = warnings.length === 0 ? [] : [warningHtml(warnings)];
  const said = notes.map(
    (words) =>
      html`<div class="mut" style="${style.muted};font-size:13px;margin-top:8px;${style.breaks}">${wordsHtml(words)}</div>`,
  );
  const first = html`<tr><td class="ed" style="padding:22px 24px 4px"><h1 class="ink h1" style="${style.ink};font-size:24px;line-height:1.25;font-weight:bold;margin:0;${style.breaks}">${conclusion}</h1><div class="bod" style="${style.body};font-size:15px;line-height:22px;margin-top:8px;${style.breaks}">${lede}</div>${said}</td></tr>`;
  return [...warned, first];
}

const warningHtml = (warnings: readonly string[]): Html =>
  html`<tr><td class="ed" style="padding:16px 24px 0">${placed(
    html`<tr><td class="box bod" bgcolor="#fff8e4" style="background:#fff8e4;border:1px solid #ecd9a0;border-radius:6px;padding:10px 12px;${style.body};${style.breaks}"><b class="ink" style="${style.ink}">Before you read</b>${warnings.map((warning) => html`<div>${warning}</div>`)}</td></tr>`,
  )}</td></tr>`;

function sectionHtml({ title, about, blocks }: Section): Html {
  const under =
    about === null
      ? ''
      : html`<div class="mut" style="${style.muted};font-size:13px;${style.breaks}">${about}</div>`;
  const inside =
    blocks.length === 0 ? '' : html`<div style="margin-top:12px">${blocks.map(blockHtml)}</div>`;
  return html`<tr><td class="ed" style="padding:22px 24px 0"><h2 class="ink" style="${style.ink};font-size:17px;line-height:23px;font-weight:bold;margin:0;${style.breaks}">${title}</h2>${under}${inside}</td></tr>`;
}

const closing = ({ footer }: MailContent): Html =>
  html`<tr><td class="ed" style="padding:26px 24px 22px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td class="mut ln" style="${style.muted};border-top:1px solid #dfe5ee;font-size:12px;line-height:18px;padding-top:12px;${style.breaks}">${footer.map((line) => html`<p style="margin:0 0 8px">${line}</p>`)}</td></tr></table></td></tr>`;
