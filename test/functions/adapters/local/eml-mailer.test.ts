import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { emlMailer } from '../../../../functions/adapters/local/eml-mailer.ts';
import { folderObjectStore } from '../../../../functions/adapters/local/folder-object-store.ts';
import { anyMail } from '../../../contracts/mailer.contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-mail-'));

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a mail lies beside what the run wrote of it, and a later one of the same id takes its place', async () => {
  const mailer = emlMailer(folderObjectStore(folder));
  const path = join(folder, 'outbox', anyMail().messageId, 'message.eml');
  expect(await mailer.send(anyMail())).toEqual({ status: 'sent', reference: path });
  const first = readFileSync(path, 'latin1');
  await mailer.send(anyMail());
  expect(readFileSync(path, 'latin1')).toBe(first);
  await mailer.send(anyMail({ subject: 'Two renewals' }));
  expect(readFileSync(path, 'latin1')).toContain('\r\nSubject: Two renewals\r\n');
});
