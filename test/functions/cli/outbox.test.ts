import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emlMailer } from '../../../functions/adapters/local/eml-mailer.ts';
import { folderObjectStore } from '../../../functions/adapters/local/folder-object-store.ts';
import { messageIdOf } from '../../../shared/outbox/message-file.ts';
import { soundConfig, temporaryFolder } from '../../kit/company-folder.ts';
import { deliver, mailedRun, mailTo, standingOf } from '../../kit/mailed-run.ts';
import { memoryMailer } from '../../kit/memory-mailer.ts';
import { runCli } from '../../kit/run-cli.ts';

const anna = mailTo('anna@acme.example');
const id = messageIdOf(anna);
const SEND = `
mail:
  mode: send
  from: success@acme.example
  allowed_domains: [acme.example]
`;

/** Results in a folder in which a run has held its mail for review, and a config. */
async function heldMail(mail = '', messages = [anna]) {
  const out = temporaryFolder();
  const store = folderObjectStore(out);
  const manifest = await mailedRun(store, messages);
  await deliver(manifest, { store, draft: emlMailer(store), rules: { mode: 'review' } });
  const config = join(out, 'holdfast.yaml');
  writeFileSync(config, `${soundConfig()}${mail}`);
  return { out, store, manifest, words: ['--out', out, '--config', config] };
}

describe('outbox', () => {
  test('lists what there is, and what its states mean', async () => {
    const { words } = await heldMail();
    const { code, out } = await runCli('outbox', 'list', ...words);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^state +since +day +kind +to +id +subject\nheld .*2026-11-22 {2}renewal digest/,
    );
    expect(out).toContain(id.slice(0, 12));
    expect(out).toContain('1 mail\n  held: waits for a person to release it');
    const empty = await runCli('outbox', 'list', '--out', temporaryFolder());
    expect(empty.out).toBe('No mail was planned in the last two weeks.');
  });

  test('shows a mail whole, and how it came where it is', async () => {
    const { words, out: folder } = await heldMail();
    const { code, out } = await runCli('outbox', 'show', id.slice(0, 8), ...words);
    expect(code).toBe(0);
    for (const line of ['to       anna@acme.example', 'attached a.ics', 'Two renewals, $90K']) {
      expect(out).toContain(line);
    }
    expect(out).toMatch(/held: mail\.mode is review/);
    expect(existsSync(join(folder, 'outbox', id, 'message.eml'))).toBe(true);
  });

  test('releases a mail in review mode for the first run in mode send', async () => {
    const { words, store, manifest } = await heldMail();
    const { code, out } = await runCli('outbox', 'release', id, ...words);
    expect({ code, out }).toEqual({
      code: 0,
      out: 'Released. mail.mode is review, so the first run in mode send sends it.',
    });
    const mailer = memoryMailer();
    expect(await deliver(manifest, { store, mailer })).toMatchObject({ sent: 1 });
  });

  test('releases a mail in mode send at once; from a folder it becomes a file', async () => {
    const { words, out: folder } = await heldMail(SEND);
    const { code, out } = await runCli('outbox', 'release', id, ...words);
    expect(code).toBe(0);
    expect(out).toMatch(/^sent: it was written as a file, and nothing has left: .*message\.eml$/);
    const again = await runCli('outbox', 'release', id, ...words);
    expect(again.err).not.toContain('taken by the mail server as');
    const eml = readFileSync(join(folder, 'outbox', id, 'message.eml'), 'utf8');
    expect(eml).toContain('From: Holdfast <success@acme.example>');
  });

  const [bert, eve] = [mailTo('bert@acme.example'), mailTo('eve@evil.example')];

  test('releases several at once; one that cannot go keeps none of the others', async () => {
    const { words, store } = await heldMail(SEND, [anna, eve, bert]);
    const ids = [eve, anna, anna].map(messageIdOf);
    const { code, out } = await runCli('outbox', 'release', ...ids, ...words);
    expect(code).toBe(1);
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/^[0-9a-f]{12} {2}refused: .*evil\.example/),
      expect.stringMatching(/^[0-9a-f]{12} {2}sent: /),
    ]);
    expect(await standingOf(store, bert)).toMatchObject({ state: 'held' });
  });

  test('releases all that is held, or was refused, at a word of --yes', async () => {
    const { words } = await heldMail(SEND, [anna, eve, bert]);
    const asked = await runCli('outbox', 'release', '--all-held', ...words);
    expect(asked).toMatchObject({ code: 2, err: expect.stringMatching(/3 mails and no --yes/) });
    const held = await runCli('outbox', 'release', '--all-held', '--yes', ...words);
    expect(held.out.match(/ sent: /g)).toHaveLength(2);
    const none = await runCli('outbox', 'release', '--all-held', '--yes', ...words);
    expect(none).toMatchObject({ code: 0, out: 'There is none.' });
    const refused = await runCli('outbox', 'release', '--all-refused', '--yes', ...words);
    expect(refused).toMatchObject({ code: 1, out: expect.stringMatching(/^refused: /) });
  });

  test('lists what is damaged, and other words of a later revision', async () => {
    const { words, store, out: folder } = await heldMail('', [anna, bert]);
    await mailedRun(store, [{ ...anna, subject: 'Three' }, bert], { revision: 2 });
    writeFileSync(join(folder, 'outbox', messageIdOf(bert), 'state.json'), '{"state":"pl');
    const { code, out } = await runCli('outbox', 'list', ...words);
    expect(code).toBe(0);
    expect(out).toMatch(/^held .*Two renewals, \$90K$/m);
    expect(out).toMatch(/^broken .*bert@acme\.example/m);
    expect(out).toMatch(/is broken, and nothing is sent for it: .*state\.json: found text that/);
    expect(out).toContain(`${id.slice(0, 12)}: a later revision of its day has other words`);
    const shown = await runCli('outbox', 'show', messageIdOf(bert), ...words);
    expect(shown.err).toMatch(/Restore an earlier version/);
  });

  test('says why a mail that was released is refused', async () => {
    const { words } = await heldMail(SEND.replace('[acme.example]', '[other.example]'));
    const { code, out } = await runCli('outbox', 'release', id, ...words);
    expect({ code, out }).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^refused: .*acme/),
    });
  });

  test.each([
    ['no id', ['release'], /no id/],
    ['two to be shown', ['show', id, id], /2 ids/],
    ['ids and all', ['release', id, '--all-held', '--yes'], /ids and --all/],
    ['all to be sent again', ['resend', '--all-held', '--yes'], /expected +ids/],
    ['an unknown id', ['show', 'ffffffffffff'], /no mail of the last two weeks/],
    ['resend without --yes', ['resend', id], /no --yes/],
    [
      'resend of one that is held',
      ['resend', id, '--yes'],
      /found +held: it waits .*[\s\S]*outbox release/,
    ],
    ['an unknown word', ['send', id], /Allowed choices are list, show, release, resend/],
  ])('refuses %s', async (_, args, says) => {
    const { words } = await heldMail();
    const { code, err } = await runCli('outbox', ...args, ...words);
    expect(code).toBe(2);
    expect(err).toMatch(says);
  });
});
