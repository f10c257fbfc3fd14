import { chartRules, colours } from '../palette.ts';
import { style } from './assets.ts';

const variables = Object.entries(colours)
  .map(([name, { light, dark }]) => `--${name}:light-dark(${light},${dark})`)
  .join(';');

/** The style of the page with the colours that mails, charts and pages share. */
export const pageStyle: string = `:root{${variables}}${style}${chartRules}`;
