import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { emlMailer } from '../../../functions/adapters/local/eml-mailer.ts';
import { folderObjectStore } from '../../../functions/adapters/local/folder-object-store.ts';
import { servePreview } from '../../../functions/cli/preview/serve-preview.ts';
import { messageIdOf } from '../../../shared/outbox/message-file.ts';
import type { PlannedMessage } from '../../../shared/outbox/planned-message.ts';
import { temporaryFolder } from '../../kit/company-folder.ts';
import { deliver, mailedRun, mailTo } from '../../kit/mailed-run.ts';
import { runCli } from '../../kit/run-cli.ts';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

interface Asking {
  readonly path: string;
  readonly host?: string;
  readonly method?: string;
}

/** Asks as nothing else would: with this very path and Host, neither of them put right on the way. */
const ask = async (url: string, { path, host, method = 'GET' }: Asking) => {
  const { port } = new URL(url);
  const headers = host === undefined ? {} : { Host: host };
  const asked = request({ host: '127.0.0.1', port, path, method, headers }).end();
  const [response] = await once(asked, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  return { status: response.statusCode, headers: response.headers, bytes, text: bytes.toString() };
};

/** A folder of results in which a run has held its mails for review, and a preview of it. */
async function previewed(messages: readonly PlannedMessage[]) {
  const folder = temporaryFolder();
  const store = folderObjectStore(folder);
  if (messages.length > 0) {
    const manifest = await mailedRun(store, messages);
    await deliver(manifest, { store, draft: emlMailer(store), rules: { mode: 'review' } });
  }
  const { url, close } = await servePreview(folder, 0);
  onTestFinished(close);
  const get = (path: string) => ask(url, { path });
  return { folder, url, get };
}

const anna = mailTo('anna@acme.example');
const id = messageIdOf(anna);

describe('preview', () => {
  test('lists what lies in the outbox with its state, the newest first, and the report pages', async () => {
    const { get, folder } = await previewed([
      anna,
      mailTo('ben@acme.example', { asOf: '2026-11-15' as never }),
    ]);
    mkdirSync(join(folder, 'reports/weekly/2026-11-22'), { recursive: true });
    writeFileSync(join(folder, 'reports/weekly/2026-11-22/index.html'), '<h1>The week</h1>');
    const { status, text } = await get('/');
    expect(status).toBe(200);
    for (const words of ['2 mails', 'held', 'renewal digest', `href="/mail/${id}"`]) {
      expect(text).toContain(words);
    }
    expect(text.indexOf('anna@')).toBeLessThan(text.indexOf('ben@'));
    expect(text).toContain('href="/reports/weekly/2026-11-22"');
    const page = await get('/reports/weekly/2026-11-22');
    expect(page.text).toBe('<h1>The week</h1>');
    expect(page.headers['content-security-policy']).toMatch(
      /sandbox allow-scripts(?!.*same-origin)/,
    );
  });

  test('says that an outbox is empty, and who fills it', async () => {
    const { text } = await (await previewed([])).get('/');
    expect(text).toContain('The outbox is empty');
    expect(text).toContain('No report page lies here yet');
  });

  test('shows a mail at both widths, its text, and what is attached to be saved', async () => {
    const { get } = await previewed([anna]);
    const { text } = await get(`/mail/${id}`);
    for (const words of [
      'Two renewals, $90K',
      'anna@acme.example',
      'mail.mode is review',
      `<iframe class="wide" title="The mail at 600 pixels" sandbox src="/mail/${id}/html">`,
      'message.eml',
    ]) {
      expect(text).toContain(words);
    }
    expect((await get(`/mail/${id}?width=375`)).text).toContain('class="narrow"');
    const file = await get(`/mail/${id}/files/0`);
    expect(file.bytes).toEqual(Buffer.from([66, 13, 10, 0]));
    expect(file.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="a.ics"; filename*=UTF-8''a.ics`,
    });
    expect((await get(`/mail/${id}/message.eml`)).text).toContain('Subject: Two renewals');
  });

  test('puts the pictures of a mail in, and no others', async () => {
    const picture = { filename: 'trend.png', contentType: 'image/png', content: PIXEL };
    const drawing = { filename: 'a.svg', contentType: 'image/svg+xml', content: PIXEL };
    const html =
      '<img alt="" src="cid:trend@holdfast"><img alt="" src="cid:svg@holdfast"><img alt="" src="cid:gone">';
    const attachments = [
      { ...picture, cid: 'trend@holdfast' },
      { ...drawing, cid: 'svg@holdfast' },
    ];
    const mail = mailTo('carl@acme.example', { html, attachments });
    const { get } = await previewed([mail]);
    const shown = await get(`/mail/${messageIdOf(mail)}/html`);
    const data = `data:image/png;base64,${PIXEL.toString('base64')}`;
    expect(shown.text).toBe(html.replace('cid:trend@holdfast', data));
    expect(shown.headers['content-security-policy']).toMatch(/img-src data:;.*; sandbox$/);
  });

  test('a hostile company is text: no markup, no header, no file type of its own', async () => {
    const script = `"><script>alert(1)</script>\u202e`;
    const mail = mailTo('dora@acme.example', {
      to: { name: script, address: 'dora@acme.example' },
      cc: [{ name: script, address: 'x@acme.example' }],
      subject: script,
      text: `${script}\n</pre><script>alert(2)</script>`,
      attachments: [
        {
          filename: '../..\\evil"\r\nSet-Cookie: a=b;\u202e.html',
          contentType: 'text/html',
          content: Buffer.from('<script>alert(3)</script>'),
        },
      ],
    });
    const { get } = await previewed([mail]);
    const place = `/mail/${messageIdOf(mail)}`;
    for (const { text, headers } of [await get('/'), await get(place)]) {
      expect(text).not.toMatch(/<script|\u202e/);
      expect(text).toContain('&lt;script&gt;alert(1)');
      const policy = String(headers['content-security-policy']);
      expect(policy).toMatch(/^default-src 'none';/);
      expect(policy).not.toMatch(/unsafe|script-src/);
    }
    const { headers } = await get(`${place}/files/0`);
    expect(headers['set-cookie']).toBeUndefined();
    expect(headers['content-type']).toBe('application/octet-stream');
    expect(headers['content-disposition']).toMatch(/^attachment; filename="[\w.-]+"; filename\*=/);
  });

  test.each([
    ['another name that resolves here', 'evil.example'],
    ['our name at another port', 'localhost:1'],
    ['a name that begins with ours', 'localhost:4173.evil.example'],
    ['our address without the port', '127.0.0.1'],
  ])('answers nothing to %s', async (_, host) => {
    const { url } = await previewed([anna]);
    for (const path of ['/', `/mail/${id}`, `/mail/${id}/html`]) {
      const { status, text } = await ask(url, { path, host });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(text).not.toContain('renewals');
    }
    const { port } = new URL(url);
    expect((await ask(url, { path: '/', host: `localhost:${port}` })).status).toBe(200);
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s does nothing', async (method) => {
    const { url } = await previewed([anna]);
    expect((await ask(url, { path: '/', method })).status).toBe(405);
  });

  test('nothing outside of the folder is reached, by no path and by no link', async () => {
    const { folder, get } = await previewed([anna]);
    const secret = temporaryFolder();
    for (const name of ['message.json', 'message.eml', 'index.html']) {
      writeFileSync(join(secret, name), 'a secret');
    }
    const linked = 'f'.repeat(32);
    symlinkSync(secret, join(folder, 'outbox', linked));
    mkdirSync(join(folder, 'reports/weekly'), { recursive: true });
    symlinkSync(secret, join(folder, 'reports/weekly/2026-11-22'));
    rmSync(join(folder, 'outbox', id, 'message.eml'));
    symlinkSync(join(secret, 'message.eml'), join(folder, 'outbox', id, 'message.eml'));
    for (const path of [
      `/mail/${linked}`,
      `/mail/${linked}/message.eml`,
      `/mail/${id}/message.eml`,
      '/reports/weekly/2026-11-22',
    ]) {
      expect(await get(path), path).toMatchObject({ status: 404, text: 'Nothing lies here.\n' });
    }
  });

  test('a path that nobody offered is not found, however it is written', async () => {
    const { get } = await previewed([anna]);
    const piece = fc.constantFrom(
      ...['..', '.', '', '%2e%2e', '%2f', '..%5c', '\\', 'mail', 'reports', 'outbox', 'weekly'],
      ...[id, id.toUpperCase(), 'message.json', 'state.json', 'files', '0', '-1', '9', '%00'],
      ...['2026-11-22', '2026-13-99', 'etc', 'passwd', 'html', 'constructor', '__proto__'],
    );
    const offered = new RegExp(`^/$|^/mail/${id}(/(html|message\\.eml|files/0))?$`);
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 6 }), async (pieces) => {
        const path = `/${pieces.join('/')}`;
        const { status } = await get(path);
        expect(status, path).toBe(offered.test(path) ? 200 : 404);
      }),
      { numRuns: 150 },
    );
  });

  test('a mail that cannot be read is told of, and hides no other', async () => {
    const { folder, get } = await previewed([anna]);
    const broken = 'a'.repeat(32);
    mkdirSync(join(folder, 'outbox', broken));
    writeFileSync(join(folder, 'outbox', broken, 'message.json'), '{');
    const { text } = await get('/');
    expect(text).toContain(`${broken}: message.json or state.json is text that is not JSON`);
    expect(text).toContain(`href="/mail/${id}"`);
    expect(await get(`/mail/${broken}`)).toMatchObject({ status: 500 });
  });
});

describe('the command', () => {
  test('serves until it is interrupted, and then ends well', async () => {
    const command = [join(import.meta.dirname, '../../../functions/cli/holdfast.mjs'), 'preview'];
    const words = ['--out', temporaryFolder(), '--port', '0'];
    const child = spawn(process.execPath, [...command, ...words], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = await once(child.stdout, 'data');
    const [url = ''] = /http:\/\/127\.0\.0\.1:\d+\//.exec(String(said)) ?? [];
    expect((await ask(url, { path: '/' })).text).toContain('The outbox is empty');
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('says what it cannot show, and where it cannot listen', async () => {
    const away = await runCli('preview', '--out', join(temporaryFolder(), 'gone'));
    expect(away).toMatchObject({ code: 2, err: expect.stringContaining('a folder of results') });
    const bucket = await runCli('preview', '--out', 's3://bucket');
    expect(bucket).toMatchObject({ code: 2, err: expect.stringContaining('aws s3 sync') });
    const { url, folder } = await previewed([]);
    const taken = await runCli('preview', '--out', folder, '--port', new URL(url).port);
    expect(taken).toMatchObject({ code: 2, err: expect.stringContaining('EADDRINUSE') });
    const port = await runCli('preview', '--port', '70000');
    expect(port).toMatchObject({ code: 2 });
  });
});
