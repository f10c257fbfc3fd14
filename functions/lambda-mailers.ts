import { SESClient } from '@aws-sdk/client-ses';
import type { Config } from '../shared/config/schema.ts';
import type { MailPorts } from '../shared/outbox/post-office.ts';
import type { ObjectStore } from '../shared/ports/object-store.ts';
import { sesMailer } from './adapters/aws/ses-mailer.ts';
import { emlMailer } from './adapters/local/eml-mailer.ts';
import { systemClock } from './adapters/system-clock.ts';

/**
 * How mails leave a function: by SES, with the configuration set that the stack names to the jobs
 * that mail, in mode send. Else nothing leaves.
 */
export const lambdaMailers = (
  { mail }: Config,
  store: ObjectStore,
): Pick<MailPorts, 'mailer' | 'draft'> => {
  const draft = emlMailer(store);
  const configurationSet = process.env.HOLDFAST_MAIL;
  if (mail.mode !== 'send' || !configurationSet) return { mailer: null, draft };
  const client = new SESClient({ maxAttempts: 1 });
  const means = { clock: systemClock, random: Math.random };
  return { mailer: sesMailer({ client, configurationSet, ...means }), draft };
};
