import type { Tone } from './mail-content.ts';

/** Inline, because many readers drop the style block; it only adds the dark colours and small screens. */
export const style = {
  font: 'font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif',
  ink: 'color:#111a2c',
  body: 'color:#334155',
  muted: 'color:#5b6779',
  line: 'border-color:#dfe5ee',
  /** Names of 10,000 characters without a space must not push the figures off the screen. */
  breaks: 'overflow-wrap:anywhere;word-break:break-word',
} as const;

/** Class, colour and ground of a tone; each pair of colours has a contrast of 4.5 or more. */
export const tones: Readonly<Record<Tone, { name: string; color: string; ground: string }>> = {
  plain: { name: 'tp', color: '#475569', ground: '#e9eef5' },
  good: { name: 'tg', color: '#0a6044', ground: '#dcf4e8' },
  warn: { name: 'ta', color: '#7a4d00', ground: '#fdf0cc' },
  bad: { name: 'tb', color: '#a81c2c', ground: '#fde6e8' },
};

const dark = (under: string): string =>
  [
    `${under}.pg{background:#0a1220!important}`,
    `${under}.sh{background:#121c2f!important;border-color:#27344c!important}`,
    `${under}.hd{background:#0c1733!important}`,
    `${under}.ink{color:#f3f6fb!important}`,
    `${under}.bod{color:#c9d3e2!important}`,
    `${under}.mut{color:#9aa8bd!important}`,
    `${under}.ln{border-color:#2b3a54!important}`,
    `${under}.box{background:#2a2414!important;border-color:#6d5719!important}`,
    `${under}.tp{color:#c9d3e2!important}${under}.gp{background:#26334a!important}`,
    `${under}.tg{color:#7fe0b5!important}${under}.gg{background:#12382b!important}`,
    `${under}.ta{color:#f6cf74!important}${under}.ga{background:#3a2f12!important}`,
    `${under}.tb{color:#ffa9b2!important}${under}.gb{background:#43181f!important}`,
    `${under}a{color:#93b4ff!important}`,
  ].join('');

/** Dark colours where the reader asks for them, in Outlook too, and narrower edges on a telephone. */
export const styleBlock: string = [
  ':root{color-scheme:light dark;supported-color-schemes:light dark}',
  '@media (max-width:480px){.ed{padding-left:16px!important;padding-right:16px!important}',
  '.pd{padding:0!important}.h1{font-size:22px!important}.sh{border-radius:0!important}}',
  `@media (prefers-color-scheme:dark){${dark('')}}`,
  dark('[data-ogsc] '),
].join('');
