import fc from 'fast-check';
import { expect, test } from 'vitest';
import { html, mailtoLink, safeLink, shown } from '../../../shared/reports/escape.ts';

const decoded = (markup: string): string =>
  markup
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');

test('what is put in is text, what is written is HTML', () => {
  const name = html`<b>${'Acme <Retail> & "Sons"'}</b>`;
  expect(html`<td>${name}${[html`<br>`, 'a<b']}${3}</td>`.markup).toBe(
    '<td><b>Acme &lt;Retail&gt; &amp; &quot;Sons&quot;</b><br>a&lt;b3</td>',
  );
});

test('whatever is put in, no sign of it can end a text or an attribute, and none gets lost', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '\u202e', '\r', '\ud800', 'a') }),
  );
  fc.assert(
    fc.property(anyText, (text) => {
      const { markup } = html`${text}`;
      expect(markup).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
      expect(markup).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Surrogate}]/u);
      expect(decoded(markup)).toBe(shown(text));
    }),
  );
});

test.each([
  ['https://example.org/a?b=c', 'https://example.org/a?b=c'],
  ['cid:chart-1', 'cid:chart-1'],
  ['mailto:l.fischer@harbourline.example', 'mailto:l.fischer@harbourline.example'],
  ['http://example.org', null],
  ['javascript:alert(1)', null],
  ['java\tscript:alert(1)', null],
  [' JAVASCRIPT:alert(1)', null],
  ['data:text/html,<script>', null],
  ['//evil.example', null],
  ['https://', null],
  ['https://a b', null],
])('a link to %j leads to %j', (target, link) => {
  expect(safeLink(target)).toBe(link);
});

test.each([
  ['l.fischer@harbourline.example', 'mailto:l.fischer@harbourline.example'],
  ['a?bcc=b@evil.example', 'mailto:a%3Fbcc%3Db@evil.example'],
  ['a&cc=b@evil.example', 'mailto:a%26cc%3Db@evil.example'],
  ['a@x.example,b@evil.example', null],
  ['a@x.example@evil.example', null],
  ['Lena Fischer', null],
  ['', null],
])('to write %j leads to %j', (address, link) => {
  expect(mailtoLink(address)).toBe(link);
});
