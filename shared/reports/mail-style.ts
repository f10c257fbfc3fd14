import type { Tone } from './mail-content.ts';
import { type Colour, colours } from './palette.ts';

const light = (name: Colour): string => colours[name].light;

/** Inline, because many readers drop the style block; it only adds the dark colours and small screens. */
export const style = {
  font: 'font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif',
  ink: `color:${light('ink')}`,
  body: `color:${light('body')}`,
  muted: `color:${light('muted')}`,
  line: `border-color:${light('line')}`,
  /** Names of 10,000 characters without a space must not push the figures off the screen. */
  breaks: 'overflow-wrap:anywhere;word-break:break-word',
} as const;

/** Class, colour and ground of a tone; each pair of colours has a contrast of 4.5 or more. */
export const tones: Readonly<Record<Tone, { name: string; color: string; ground: string }>> = {
  plain: { name: 'tp', color: light('plain'), ground: light('track') },
  good: { name: 'tg', color: light('goodWords'), ground: '#dcf4e8' },
  warn: { name: 'ta', color: '#7a4d00', ground: '#fdf0cc' },
  bad: { name: 'tb', color: light('badWords'), ground: '#fde6e8' },
};

const at = (name: Colour): string => colours[name].dark;

const dark = (under: string): string =>
  [
    `${under}.pg{background:#0a1220!important}`,
    `${under}.sh{background:${at('ground')}!important;border-color:#27344c!important}`,
    `${under}.hd{background:#0c1733!important}`,
    `${under}.ink{color:${at('ink')}!important}`,
    `${under}.bod{color:${at('body')}!important}`,
    `${under}.mut{color:${at('muted')}!important}`,
    `${under}.ln{border-color:${at('line')}!important}`,
    `${under}.box{background:#2a2414!important;border-color:#6d5719!important}`,
    `${under}.tp{color:${at('body')}!important}${under}.gp{background:${at('track')}!important}`,
    `${under}.tg{color:${at('goodWords')}!important}${under}.gg{background:#12382b!important}`,
    `${under}.ta{color:#f6cf74!important}${under}.ga{background:#3a2f12!important}`,
    `${under}.tb{color:${at('badWords')}!important}${under}.gb{background:#43181f!important}`,
    `${under}.tl{background:#18243a!important}${under}.bx{border-color:#6d5719!important}${under}.pic{padding:8px!important;box-sizing:border-box!important}`,
    `${under}a{color:${at('first')}!important}${under}.btn{color:#ffffff!important}`,
  ].join('');

/** Narrower edges on a telephone. */
const small: string = [
  '@media (max-width:480px){.ed{padding-left:16px!important;padding-right:16px!important}',
  '.ti{display:inline-block!important;width:49.9%!important;box-sizing:border-box;padding:0 3px 8px!important}',
  '.pd{padding:0!important}.h1{font-size:22px!important}.sh{border-radius:0!important}}',
].join('');

/** Dark colours where the reader asks for them, in Outlook too. */
const darkened: string = [
  ':root{color-scheme:light dark;supported-color-schemes:light dark}',
  `@media (prefers-color-scheme:dark){${dark('')}}`,
  dark('[data-ogsc] '),
].join('');

/** Apart, because a reader that stumbles over one drops it whole. */
export const styleBlocks: readonly string[] = [small, darkened];
