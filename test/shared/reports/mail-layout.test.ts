import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MailContent, Words } from '../../../shared/reports/mail-content.ts';
import { mailHtml } from '../../../shared/reports/mail-layout.ts';
import { mailText } from '../../../shared/reports/mail-text.ts';

const OPENED = /<([a-z0-9]+)(?:\s[^<>]*)?>/g;
const ALLOWED = 'a b body br div h1 h2 head html meta p span style table td th title tr'.split(' ');
const EMPTY = ['meta', 'br'];

/** Tags that are opened and never closed, or closed and never opened. */
function unbalanced(markup: string): string[] {
  const left: string[] = [];
  for (const [, slash, name = ''] of markup.matchAll(/<(\/?)([a-z0-9]+)(?:\s[^<>]*)?>/g)) {
    if (EMPTY.includes(name)) continue;
    if (slash === '') left.push(name);
    else if (left.pop() !== name) return [`</${name}>`];
  }
  return left;
}

const withoutOutlook = (markup: string): string =>
  markup.replace(/<!--\[if mso\].*?<!\[endif\]-->/g, '');

/** A mail with a text at every place that can hold one. */
const filled = (text: () => string): MailContent => {
  const words = (): Words => [
    text(),
    { badge: text(), tone: 'bad' },
    { strong: text(), tone: 'warn' },
    { strong: text() },
    { name: text(), address: 'Lena Fischer' },
    { name: text(), address: 'l.fischer@harbourline.example' },
  ];
  const check = (aside: string) => ({
    ...{ status: text(), tone: 'good' as const, aside },
    lines: [{ title: text(), detail: text() }],
  });
  return {
    ...{ subject: text(), company: text(), about: text(), day: text(), preheader: text() },
    ...{ conclusion: text(), lede: text(), warnings: [text()], notes: [words()] },
    sections: [
      {
        ...{ title: text(), about: text() },
        blocks: [
          {
            ...{ kind: 'card', title: text(), figure: text(), about: text(), says: [words()] },
            badges: [{ badge: text(), tone: 'plain' }],
            next: { what: text(), who: words() },
            ...{ checksTitle: text(), checks: [check(text()), check('')] },
          },
          {
            ...{ kind: 'table', columns: ['Account', text()], more: text() },
            rows: [{ title: text(), about: text(), cells: [words()] }],
          },
          { kind: 'list', items: [words()], more: text() },
        ],
      },
    ],
    footer: [text()],
  };
};

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '</td></tr></table><script>alert(1)</script>',
    '" onmouseover="alert(1)',
    "' style='display:none",
    '<!--',
    '-->',
    '<![endif]-->',
    '</style><img src=x>',
    'javascript:alert(1)',
    'a\r\nBcc: b@evil.example',
    '\u202e<\u2066>\u0000',
  ),
);

describe('a mail', () => {
  test('holds whatever is put in: our tags alone, all closed, and links that only write mail', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const markup = withoutOutlook(mailHtml(filled(() => text)));
        const body = markup.replace(/<!DOCTYPE html>/, '').replace(/<style>[^<]*<\/style>/, '');
        const names = [...body.matchAll(OPENED)].map(([, name]) => name ?? '');
        expect(names.filter((name) => !ALLOWED.includes(name))).toEqual([]);
        expect(unbalanced(body)).toEqual([]);
        expect(body.replace(/<\/?[a-z0-9]+(?:\s[^<>]*)?>/g, '')).not.toMatch(/[<>]/);
        const targets = [...body.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, link]) => link ?? '');
        expect(targets.filter((link) => !link.startsWith('mailto:'))).toEqual([]);
        expect(body).not.toMatch(/<[^>]*\son[a-z]+=/);
        expect(body).not.toMatch(/[\p{Bidi_Control}\r\0]/u);
      }),
      { numRuns: 200 },
    );
  });

  test('says the same in plain text, in lines that a quoted reply holds', () => {
    let places = 0;
    const mail = filled(() => {
      places += 1;
      return `word${places} in a sentence`;
    });
    const [html, text] = [mailHtml(mail), mailText(mail).replace(/\n\s*/g, ' ')];
    const all = Array.from({ length: places }, (_, index) => `word${index + 1} in a sentence`);
    expect(all.filter((one) => !html.includes(one))).toEqual([]);
    // The mailbox shows these two itself.
    expect(all.filter((one) => !text.includes(one))).toEqual([mail.subject, mail.preheader]);
    const lengths = mailText(mail)
      .split('\n')
      .map(({ length }) => length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(76);
  });

  test('no line of the plain text can be forged by a name', () => {
    const forged = mailText(filled(() => 'x\r\n\r\nFrom: y\u2028\u0000\u202e'));
    expect(forged).not.toMatch(/^From|[\p{Bidi_Control}\r\0\u2028]/mu);
  });

  test('reads without its style block: every colour of it stands inline as well', () => {
    const markup = mailHtml(filled(() => 'x')).replace(/<style>.*<\/style>/, '');
    const bare = [
      ...markup.matchAll(/<[a-z]+ class="[^"]*\b(?:ink|bod|mut|tb|tg|ta|tp)\b[^"]*"[^>]*>/g),
    ]
      .map(([tag]) => tag)
      .filter((tag) => !/color:#/.test(tag));
    expect(bare).toEqual([]);
  });
});
