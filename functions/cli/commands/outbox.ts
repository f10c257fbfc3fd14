import { existsSync } from 'node:fs';
import { HoldfastError } from '../../../shared/basics/problem.ts';
import { plainText, plural } from '../../../shared/basics/text.ts';
import { catalogue } from '../../../shared/jobs/catalogue.ts';
import { plannedIn } from '../../../shared/outbox/found-message.ts';
import { listMail, type StandingMail } from '../../../shared/outbox/list-mail.ts';
import { mailNamed } from '../../../shared/outbox/operator.ts';
import { outboxTables } from '../../../shared/publish/outbox-tables.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { letMailGo } from '../let-mail-go.ts';
import type { ExitCode } from '../main.ts';
import { openStore } from '../open-warehouse.ts';
import { listLines, mailLines } from '../print-mail.ts';

export const outboxActions = ['list', 'show', 'release', 'resend'] as const;

interface OutboxOptions {
  readonly action: (typeof outboxActions)[number];
  readonly ids: readonly string[];
  readonly out: string;
  readonly config: string;
  readonly allHeld: boolean;
  readonly allRefused: boolean;
  /** Said by whoever knows that a mail may come twice, or has read all that are let go. */
  readonly yes: boolean;
}

/** Jobs whose runs plan mail. */
const mailing = catalogue
  .filter(({ job }) => job.tables.some(({ name }) => outboxTables.some((one) => one.name === name)))
  .map(({ job }) => job.name);

/** What is to be said, what was said, and what waits for a person. */
export const outbox = async (options: OutboxOptions): Promise<ExitCode> => {
  const { action, ids, out, config } = options;
  refuseMissing(out);
  const store = await openStore(out);
  const listed = await listMail(store, mailing);
  if (action === 'list') {
    console.log(listLines(listed, systemClock.now()).join('\n'));
    return 0;
  }
  if (action === 'show') {
    const [id, another] = ids;
    if (id === undefined || another !== undefined) {
      throw wrongly(action, ids.length === 0 ? 'no id' : plural(ids.length, 'id'), 'one id');
    }
    const mail = mailNamed(listed, id);
    if (mail.damage !== null) throw damaged(mail);
    const message = await plannedIn(store, mail.standing?.file ?? mail.file);
    console.log(mailLines(mail, message).join('\n'));
    return 0;
  }
  const mails = chosenOf(listed, options);
  if (mails.length === 0) {
    console.log('There is none.');
    return 0;
  }
  return letMailGo(store, mails, { how: action, out, config });
};

/** An empty list would be no answer about a folder that is not there. */
function refuseMissing(out: string): void {
  if (out.startsWith('s3://') || existsSync(out)) return;
  const expected = 'the folder that jobs wrote their results to, or s3://bucket/prefix';
  const problem = { where: '--out', found: `no folder ${out}`, expected, fix: 'Name it.' };
  throw new HoldfastError('usage', [problem]);
}

/** The mails that ids or states name, each once; many only at a person's --yes. */
function chosenOf(listed: readonly StandingMail[], options: OutboxOptions): StandingMail[] {
  const { action, ids, allHeld, allRefused, yes } = options;
  const isAll = allHeld || allRefused;
  if (action === 'resend' && isAll) {
    throw wrongly(
      action,
      '--all-held or --all-refused',
      'ids, each of a mail that was asked about',
    );
  }
  if (isAll && ids.length > 0) throw wrongly(action, 'ids and --all', 'one of them');
  if (!isAll && ids.length === 0) throw wrongly(action, 'no id', `outbox ${action} <id>`);
  if (action === 'resend' && !yes) {
    throw wrongly(action, 'no --yes', '--yes from whoever knows that it may arrive twice');
  }
  if (!isAll) return [...new Set(ids.map((id) => mailNamed(listed, id)))];
  const wanted = [...(allHeld ? ['held'] : []), ...(allRefused ? ['refused'] : [])];
  const mails = listed.filter(
    ({ standing, damage }) => damage === null && wanted.includes(standing?.state ?? 'planned'),
  );
  if (yes || mails.length === 0) return mails;
  const found = `${plural(mails.length, 'mail')} and no --yes`;
  throw wrongly(action, found, '--yes from whoever has read them, or knows what they say');
}

function damaged({ messageId, damage }: StandingMail): HoldfastError {
  const where = `outbox ${messageId}`;
  const fix = 'The others are not held back by it.';
  return new HoldfastError('results', [
    { where, found: plainText(damage ?? '', 600), expected: 'all files of the mail', fix },
  ]);
}

function wrongly(action: string, found: string, expected: string): HoldfastError {
  const fix = 'outbox list shows the ids of mails, and how each of them stands.';
  return new HoldfastError('usage', [{ where: `outbox ${action}`, found, expected, fix }]);
}
