/** The colours of what people read: on a light ground, and on a dark one where the reader asks for it. */
export const colours = {
  ground: { light: '#ffffff', dark: '#121c2f' },
  ink: { light: '#111a2c', dark: '#f3f6fb' },
  body: { light: '#334155', dark: '#c9d3e2' },
  muted: { light: '#5b6779', dark: '#9aa8bd' },
  line: { light: '#dfe5ee', dark: '#2b3a54' },
  track: { light: '#e9eef5', dark: '#26334a' },
  /** Words in the colour of a tone; each has a contrast of 4.5 or more on the ground. */
  goodWords: { light: '#0a6044', dark: '#7fe0b5' },
  badWords: { light: '#a81c2c', dark: '#ffa9b2' },
  /** Areas in the colour of a tone, and the words on them. */
  good: { light: '#0e7d56', dark: '#35b98a' },
  onGood: { light: '#ffffff', dark: '#04150e' },
  warn: { light: '#f2b632', dark: '#e0ae3f' },
  onWarn: { light: '#3a2800', dark: '#2a1d00' },
  bad: { light: '#cf3348', dark: '#f0717f' },
  onBad: { light: '#ffffff', dark: '#2a0509' },
  plain: { light: '#475569', dark: '#8fa0ba' },
  onPlain: { light: '#ffffff', dark: '#0a1220' },
  /** Two lines that are told apart, and the areas below them. */
  first: { light: '#1d4ed8', dark: '#93b4ff' },
  firstArea: { light: '#ebf0fd', dark: '#1a2744' },
  second: { light: '#0f766e', dark: '#5fd3c4' },
  secondArea: { light: '#e6f3f2', dark: '#143134' },
} as const;

export type Colour = keyof typeof colours;

const names = Object.keys(colours) as Colour[];

/** The colours as custom properties, for a page to set on its root by theme: `--ink:#111a2c;…`. */
export const colourVariables = (theme: 'light' | 'dark'): string =>
  names.map((name) => `--${name}:${colours[name][theme]}`).join(';');

/** What lets a chart on a page follow its theme; a chart alone, and every picture, stays light. */
export const chartRules: string = names
  .flatMap((name) => [
    `.chart .f-${name}{fill:var(--${name},${colours[name].light})}`,
    `.chart .s-${name}{stroke:var(--${name},${colours[name].light})}`,
  ])
  .join('');
