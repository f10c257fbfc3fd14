import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { caniemail } from 'caniemail';
import { describe, expect, test } from 'vitest';

/** Outlook on Windows; the one of Microsoft 365 and outlook.com; Gmail; Apple's Mail. */
const clients = ['outlook.windows', 'outlook.outlook-com', 'gmail.*', 'apple-mail.*'] as const;

/** What some of them do not support, or not wholly, and why the mail reads as well without it. */
const harmless: Readonly<Record<string, string>> = {
  '<style> element': 'only dark colours and a telephone stand there; all else is inline',
  '@media': 'the same: without it the mail is light and as wide as it is',
  'Attribute selector': 'dark colours of outlook.com alone',
  'Class selector': 'in the style block alone',
  'Descendant combinator': 'in the style block alone',
  'Type selector': 'in the style block alone',
  '!important keyword':
    'in the style block alone, small, and on nothing that needs a space before it',
  'color-scheme CSS property': 'without it a reader makes its own dark colours',
  'color-scheme meta tag': 'without it a reader makes its own dark colours',
  '<body> element': 'its ground stands on the table inside as well',
  'box-sizing': 'in the style block alone',
  'border-radius': 'corners are square',
  border: 'thin ones, on tables and cells',
  background: 'colours only, and bgcolor beside them',
  'display:none': 'hides the preheader, which has no height either and mso-hide',
  display:
    'the preheader, a picture as a block, and the button, whose cell has its padding for Outlook',
  'max-height property': 'the preheader is hidden by two other ways',
  overflow: 'the preheader is hidden by two other ways',
  'max-width': 'Outlook gets a table of 600 pixels; pictures have the attribute width',
  'width property': 'pictures have the attribute width',
  'height property': 'pictures have the attribute height',
  'width attribute': 'pixels on pictures, per cent on cells; the resolution is told to Outlook',
  'height attribute': 'the height of the picture that was drawn',
  'overflow-wrap': 'a name without a space makes its own row wider; word-break does the same',
  'word-break': 'breaks such names; where it breaks too early they still read',
  'white-space': 'a figure may break before its unit',
  'line-height': 'lines stand a little wider apart',
  'font-size': 'pixels only',
  'font-weight': 'normal and bold only',
  margin: 'above words, never below zero nor on a ground of its own',
  padding: 'of cells; on a badge or a link it is only air',
  'text-align': 'left only',
  'dir attribute': 'on html only, and ltr as everywhere',
};

const folder = import.meta.dirname;

const mails = ['weekly-summary', 'renewal-digest'].flatMap((kind) =>
  readdirSync(join(folder, kind)).flatMap((scenario) =>
    readdirSync(join(folder, kind, scenario))
      .filter((name) => name.endsWith('.html'))
      .map((name) => join(kind, scenario, name)),
  ),
);

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** What Outlook alone is told is read by nobody else. */
const withoutComments = (html: string): string => html.replace(/<!--.*?-->/gs, '');

const stylesOf = (html: string): string[] =>
  [...html.matchAll(/<style>(.*?)<\/style>/gs)].map(([, css]) => css ?? '');

/** Tags with an inline style: the name and the style. */
const styled = (html: string) =>
  [...html.matchAll(/<(\w+)\b[^>]*?\sstyle="([^"]*)"/g)].map(([, tag = '', css = '']) => ({
    tag,
    css,
  }));

/** The words of a mail whose style block was dropped and whose pictures were not fetched. */
const bareWords = (html: string): string =>
  withoutComments(html)
    .replace(/<head>.*?<\/head>/s, '')
    .replace(/<img\b[^>]*?\salt="([^"]*)"[^>]*>/g, ' $1 ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#\d+;|&\w+;/g, ' ');

const figuresIn = (words: string): string[] => words.match(/\d(?:[\d.,:]*\d)?/g) ?? [];

/** The plain-text part beside it; that of a CSM stands below its subject. */
const plainPartOf = (name: string): string => {
  const text = read(name.replace(/\.html$/, '.txt'));
  return name.endsWith('csm.html') ? text.slice(text.indexOf('\n')) : text;
};

test('there are mails to look at', () => {
  expect(mails.length).toBeGreaterThan(20);
});

test('what a mailbox does not know does no harm, and nothing is excused that no mail has', () => {
  const found = new Map<string, string>();
  const asked = new Set<string>();
  for (const name of mails) {
    const { issues } = caniemail({ clients: [...clients], html: read(name) });
    for (const [client, list] of [...issues.errors, ...issues.warnings]) {
      asked.add(client);
      for (const { title } of list) found.set(title, `${title} in ${client}, as in ${name}`);
    }
  }
  // A name that the data do not know is passed over without a word.
  for (const client of ['outlook.windows', 'outlook.outlook-com', 'gmail.ios', 'apple-mail.ios']) {
    expect(asked).toContain(client);
  }
  const harmful = [...found].filter(([title]) => harmless[title] === undefined);
  expect(harmful.map(([, words]) => words)).toEqual([]);
  expect(Object.keys(harmless).filter((title) => !found.has(title))).toEqual([]);
});

describe.each(mails)('%s', (name) => {
  const html = read(name);

  test('is whole in Gmail, and small enough in its style', () => {
    expect(Buffer.byteLength(html)).toBeLessThan(102_000);
    const styles = stylesOf(withoutComments(html));
    expect(styles).toHaveLength(2);
    expect(Buffer.byteLength(styles.join(''))).toBeLessThan(16_000);
  });

  test('runs nothing, fetches nothing, and leads only to https, mailto and its own pictures', () => {
    const tags = html.match(/<[^>]+>/g) ?? [];
    const active = /^<(?:script|iframe|object|embed|form|link|base|svg)\b|\son\w+=|url\(/i;
    expect(tags.filter((tag) => active.test(tag))).toEqual([]);
    expect(stylesOf(html).join('')).not.toMatch(/url\(|@import/i);
    const targets = [...html.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, target]) => target);
    expect(targets.filter((target) => !/^(?:https:\/\/|mailto:|cid:)/.test(target ?? ''))).toEqual(
      [],
    );
    const pictures = html.match(/<img\b[^>]*>/g) ?? [];
    for (const picture of pictures) {
      expect(picture).toMatch(/src="cid:[^"]+" width="\d+" height="\d+" alt="[^"]+"/);
    }
  });

  test('takes its air from what Outlook knows: padding of cells, and margins above zero', () => {
    const airy = styled(html).filter(({ tag }) => !['td', 'th', 'a', 'span', 'body'].includes(tag));
    expect(airy.filter(({ css }) => /(?:^|;)padding/.test(css))).toEqual([]);
    const margins = styled(html).flatMap(({ css }) => css.match(/margin[a-z-]*:[^;]*/g) ?? []);
    expect(margins.filter((margin) => /-\d|auto/.test(margin.slice(margin.indexOf(':'))))).toEqual(
      [],
    );
  });

  test('holds every figure as text where its style is dropped and its pictures are not fetched', () => {
    const held = new Set(figuresIn(bareWords(html)));
    const figures = figuresIn(plainPartOf(name));
    expect(figures.length).toBeGreaterThan(5);
    expect(figures.filter((figure) => !held.has(figure))).toEqual([]);
  });
});
