import { plainText } from '../basics/text.ts';

/** Text that is HTML already. Only `html` makes it, so that nothing from a warehouse passes for it. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }

  toString(): string {
    return this.markup;
  }
}

type Value = Html | string | number | readonly Value[];

/** The one way to write HTML: whatever is put in is escaped, unless it was written so itself. */
export const html = (literals: TemplateStringsArray, ...values: readonly Value[]): Html =>
  new Html(
    literals.reduce((text, literal, index) => `${text}${markupOf(values[index - 1])}${literal}`),
  );

/** As it stands on a line: without control characters, bidi marks and halves of characters. */
export const shown = (text: string): string =>
  plainText(text.replace(/\p{Surrogate}/gu, '\ufffd'), Number.POSITIVE_INFINITY);

/** Where a link may lead; any other becomes null, and its text stands without one. */
export const safeLink = (target: string): string | null => {
  const plain = shown(target).trim();
  return /^(https:\/\/|mailto:|cid:)[^\s]+$/i.test(plain) ? plain : null;
};

/** Source: RFC 5321, 4.5.3.1.3, less the angle brackets. */
const LONGEST_ADDRESS = 254;

/** A link to write somebody. Signs that could add a subject or another recipient are encoded. */
export const mailtoLink = (address: string): string | null => {
  const plain = shown(address).trim();
  if (plain.length > LONGEST_ADDRESS || !/^[^\s@,;]+@[^\s@,;]+$/.test(plain)) return null;
  return safeLink(`mailto:${encodeURIComponent(plain).replaceAll('%40', '@')}`);
};

function markupOf(value: Value | undefined): string {
  if (value instanceof Html) return value.markup;
  if (value === undefined) return '';
  if (typeof value === 'object') return value.map(markupOf).join('');
  return shown(String(value)).replace(/[&<>"']/g, (sign) => ENTITIES[sign] as string);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
