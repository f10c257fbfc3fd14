import fc from 'fast-check';
import PostalMime, { type Email } from 'postal-mime';
import { describe, expect, test } from 'vitest';
import type { Mailer, MailMessage } from '../../shared/ports/mailer.ts';

export interface MailerUnderTest {
  readonly mailer: Mailer;
  /** The bytes of what was taken, in order. */
  taken(): Promise<Uint8Array[]>;
  close?(): Promise<void>;
}

const TEXT = 'Three renewals\n.\nFrom here on, a plain line.';
const PIXEL = Buffer.from('iVBORw0KGgo=', 'base64');

/** A mail that stands for any. */
export const anyMail = (changes: Partial<MailMessage> = {}): MailMessage => ({
  messageId: '0123456789abcdef0123456789abcdef',
  from: { name: 'Holdfast', address: 'success@harbourline.example' },
  replyTo: { name: null, address: 'operations@harbourline.example' },
  to: { name: 'Lena Fischer', address: 'l.fischer@harbourline.example' },
  cc: [{ name: 'Jun Tanaka', address: 'j.tanaka@harbourline.example' }],
  subject: 'Three renewals, $412,000 to decide by Friday',
  html: '<p>Three renewals</p><img src="cid:trend" alt="trend">',
  text: `${TEXT}\n`,
  attachments: [
    {
      filename: 'renewals.ics',
      contentType: 'text/calendar; charset=utf-8',
      content: new TextEncoder().encode('BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n'),
    },
    {
      ...{ filename: 'trend.png', contentType: 'image/png' },
      ...{ content: new Uint8Array(PIXEL), cid: 'trend' },
    },
  ],
  tags: { kind: 'renewal_digest' },
  date: '2026-11-22T07:00:00.000Z',
  ...changes,
});

const people = ({ from, to, cc, replyTo }: Email) =>
  [from, ...(to ?? []), ...(cc ?? []), ...(replyTo ?? [])].map((one) => one?.address);

const EVERYBODY = [
  'success@harbourline.example',
  'l.fischer@harbourline.example',
  'j.tanaka@harbourline.example',
  'operations@harbourline.example',
];

/** Names and subjects that want to be more than that. */
const HOSTILE = [
  ['a header', 'Acme\r\nBcc: thief@evil.example'],
  ['a body', 'Acme\n\n<html>'],
  ['an address', 'Acme <thief@evil.example>, "x'],
  ['a list of addresses', 'thief@evil.example, other@evil.example'],
  ['a group', 'everybody: thief@evil.example;'],
  ['an encoded word', '=?utf-8?Q?=0D=0ABcc:_thief=40evil.example?='],
  ['a quote that never ends', 'Acme "and\\'],
  ['a change of direction', 'Acme \u202egpj.exe\u2066'],
  ['a line of Unicode', 'Acme\u2028Bcc: thief@evil.example'],
] as const;

/** What every mailer must do; the outbox delivers to this and to nothing else. */
export const mailerContract = (name: string, setup: () => Promise<MailerUnderTest>): void => {
  const within = (run: (held: MailerUnderTest) => Promise<void>) => async () => {
    const held = await setup();
    try {
      await run(held);
    } finally {
      await held.close?.();
    }
  };
  /** The mail as it is read at the other end. */
  const received = async (held: MailerUnderTest, mail: MailMessage): Promise<Email> => {
    const result = await held.mailer.send(mail);
    expect(result).toEqual({ status: 'sent', reference: expect.stringMatching(/./) });
    const bytes = (await held.taken()).at(-1) ?? new Uint8Array();
    return PostalMime.parse(bytes);
  };

  describe(`mailer: ${name}`, () => {
    test(
      'a mail arrives whole',
      within(async (held) => {
        const email = await received(held, anyMail());
        expect(email.subject).toBe('Three renewals, $412,000 to decide by Friday');
        expect(email.from).toMatchObject({ name: 'Holdfast', address: EVERYBODY[0] });
        expect(email.to).toMatchObject([{ name: 'Lena Fischer', address: EVERYBODY[1] }]);
        expect(people(email)).toEqual(EVERYBODY);
        expect(email.messageId).toBe('<0123456789abcdef0123456789abcdef@holdfast>');
        expect(email.date).toBe('2026-11-22T07:00:00.000Z');
        expect(email.text?.trimEnd()).toBe(TEXT);
        expect(email.html?.trim()).toBe(anyMail().html);
        const header = (key: string) => email.headers.find((one) => one.key === key)?.value;
        expect(header('auto-submitted')).toBe('auto-generated');
      }),
    );

    test(
      'files and pictures arrive byte for byte',
      within(async (held) => {
        const { attachments } = await received(held, anyMail());
        const read = attachments.map(({ filename, mimeType, contentId, disposition }) => ({
          ...{ filename, mimeType, contentId, disposition },
        }));
        const [calendar, picture] = [
          { filename: 'renewals.ics', mimeType: 'text/calendar', disposition: 'attachment' },
          { filename: 'trend.png', mimeType: 'image/png', disposition: 'inline' },
        ];
        expect(read).toHaveLength(2);
        expect(read).toContainEqual({ ...calendar, contentId: undefined });
        expect(read).toContainEqual({ ...picture, contentId: '<trend>' });
        // As it travels: whoever reads a calendar may turn its ends of lines into his own.
        const [raw] = await held.taken();
        for (const { content } of anyMail().attachments) {
          const base64 = Buffer.from(content).toString('base64');
          expect(Buffer.from(raw ?? []).toString('latin1')).toContain(`\r\n\r\n${base64}\r\n`);
        }
      }),
    );

    test(
      'the same mail has the same bytes, in lines that a mail server takes',
      within(async (held) => {
        const mail = anyMail({ text: `Ü${'x'.repeat(5_000)}\n${'word '.repeat(500)}` });
        await received(held, mail);
        const [first] = await held.taken();
        await received(held, mail);
        const again = (await held.taken()).at(-1);
        expect(Buffer.from(again ?? []).equals(Buffer.from(first ?? []))).toBe(true);
        const raw = Buffer.from(first ?? []).toString('latin1');
        expect(raw).toMatch(/^[\r\n\t\x20-\x7e]*$/);
        expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThan(999);
        const boundaries = [...raw.matchAll(/boundary="([^"]+)"/g)].map(([, text = '']) => text);
        expect(boundaries.length).toBeGreaterThan(1);
        expect(boundaries.filter((boundary) => boundary.length > 70)).toEqual([]);
      }),
    );

    test.each(HOSTILE)('%s in a name or a subject stays a name or a subject', (_, text) =>
      within(async (held) => {
        const plain = text.replace(/[\r\n\u202e\u2066\u2028]/g, '');
        const to = { name: text, address: 'l.fischer@harbourline.example' };
        const email = await received(held, anyMail({ subject: text, to }));
        expect(people(email)).toEqual(EVERYBODY);
        expect(email.bcc).toBeUndefined();
        expect(email.text?.trimEnd()).toBe(TEXT);
        // An encoded word is one wherever it stands; what it says must still be no header.
        if (!text.startsWith('=?')) {
          expect([email.subject, email.to?.[0]?.name]).toEqual([plain, plain]);
        }
      })(),
    );

    test.each([
      ['long', `Renewal of ${'a very long name '.repeat(12)}due`],
      ['of Chinese and Japanese', '三件の更新、期日は金曜日です。'.repeat(8)],
      ['of rare Chinese', '𠮷野家𠮷野家'.repeat(12)],
      ['of pictures', '👩‍👩‍👧‍👦🏳️‍🌈'.repeat(10)],
      ['of many scripts', 'Łódź Ελλάδα Київ القاهرة '.repeat(6).trim()],
    ])('a subject %s arrives without a character cut', (_, subject) =>
      within(async (held) => {
        const email = await received(held, anyMail({ subject }));
        expect(email.subject).toBe(subject);
      })(),
    );

    test(
      'whatever a subject and a name hold, they arrive, and nobody else is written to',
      within(async (held) => {
        const letters = fc.string({ unit: 'binary', maxLength: 60 });
        await fc.assert(
          fc.asyncProperty(letters, letters, async (subject, name) => {
            const to = { name, address: 'l.fischer@harbourline.example' };
            const email = await received(held, anyMail({ subject, to, attachments: [] }));
            expect(people(email)).toEqual(EVERYBODY);
            expect(email.text?.trimEnd()).toBe(TEXT);
          }),
          { numRuns: 60 },
        );
      }),
    );

    test.each([
      'nobody',
      'x@allowed.example@evil.example',
      'a b@harbourline.example',
      'l.fischer@harbourline.example, thief@evil.example',
      'l.fischer@harbourline.example\r\nBcc: thief@evil.example',
      '"l.fischer"@harbourline.example',
      'l.fischer@harbourlıne.example',
      'Lena <l.fischer@harbourline.example>',
    ])('%j is refused as an address, wherever it stands', (address) =>
      within(async ({ mailer, taken }) => {
        const person = { name: null, address };
        for (const mail of [
          { to: person },
          { cc: [person] },
          { from: person },
          { replyTo: person },
        ]) {
          expect(await mailer.send(anyMail(mail))).toEqual({
            status: 'refused',
            reason: expect.stringMatching(/ is no e-mail address$/),
          });
        }
        expect(await taken()).toEqual([]);
      })(),
    );

    test(
      'a mail above two megabytes is refused, and its largest file is named',
      within(async ({ mailer, taken }) => {
        const content = new Uint8Array(1_600_000);
        const file = { filename: 'accounts.csv', contentType: 'text/csv', content };
        const attachments = [...anyMail().attachments, file];
        expect(await mailer.send(anyMail({ attachments }))).toEqual({
          status: 'refused',
          reason:
            'it has 2.2 MB, and 2.0 MB is the most; the largest file is "accounts.csv" with 1.6 MB',
        });
        expect(await taken()).toEqual([]);
      }),
    );

    test(
      'a text that names a file or an address is text, and is not fetched',
      within(async (held) => {
        const html = '<img src="file:///etc/passwd"><img src="https://evil.example/x.png">';
        const email = await received(held, anyMail({ html, attachments: [] }));
        expect(email.html?.trim()).toBe(html);
        expect(email.attachments).toEqual([]);
      }),
    );
  });
};
