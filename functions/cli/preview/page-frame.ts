import { Html, html } from '../../../shared/reports/escape.ts';
import { colours } from '../../../shared/reports/palette.ts';
import { type Answer, pageAnswer } from './answer.ts';

const variables = Object.entries(colours)
  .map(([name, { light, dark }]) => `--${name}:light-dark(${light},${dark})`)
  .join(';');

const style = [
  `:root{color-scheme:light dark;${variables}}`,
  '*{box-sizing:border-box}',
  'body{margin:0;background:var(--ground);color:var(--body);font:15px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}',
  'main{max-width:72rem;margin:0 auto;padding:1.5rem 1rem 4rem}',
  'h1{color:var(--ink);font-size:1.5rem;line-height:1.25;margin:.25rem 0 .75rem}',
  'h2{color:var(--ink);font-size:1.05rem;margin:2rem 0 .5rem}',
  'a{color:var(--first)}',
  ':focus-visible{outline:2px solid var(--first);outline-offset:2px}',
  '.muted,dt,th{color:var(--muted);font-size:.85rem;font-weight:400}',
  'table{width:100%;border-collapse:collapse}',
  'th,td{text-align:left;vertical-align:top;padding:.5rem .75rem .5rem 0;border-top:1px solid var(--line)}',
  'th,.day{white-space:nowrap}td{font-size:.93rem}',
  'dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:0}',
  'dd{margin:0;color:var(--ink)}',
  'ul{list-style:none;margin:0;padding:0}li{padding:.25rem 0}',
  'nav a{display:inline-block;margin-right:.75rem}nav a[aria-current]{color:var(--ink);font-weight:600;text-decoration:none}',
  'iframe{display:block;width:100%;height:80vh;margin-top:.5rem;border:1px solid var(--line);border-radius:8px;background:#fff}',
  '.wide{max-width:618px}.narrow{max-width:377px}',
  'pre{white-space:pre-wrap;margin:0;padding:1rem;border:1px solid var(--line);border-radius:8px;font:13px/1.5 ui-monospace,monospace}',
  '@media (max-width:40rem){thead{display:none}tr{display:block;padding:.6rem 0;border-top:1px solid var(--line)}',
  'td{display:inline;border:0;padding:0}td::after{content:" "}td.subject{display:block}dl{display:block}dd{margin-bottom:.5rem}}',
].join('');

/** The page around whatever the preview shows; it runs no script. */
export const framed = (title: string, main: Html | readonly Html[]): Answer => {
  const page = html`<!DOCTYPE html>
<html lang="en" dir="ltr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>${new Html(style)}</style></head>
<body><main>${main}</main></body></html>
`;
  return pageAnswer(page.markup, style);
};
