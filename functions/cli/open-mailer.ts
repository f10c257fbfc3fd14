import type { Config } from '../../shared/config/schema.ts';
import type { MailPorts } from '../../shared/outbox/post-office.ts';
import type { ObjectStore } from '../../shared/ports/object-store.ts';
import { isInS3 } from './open-warehouse.ts';

type Mailers = Pick<MailPorts, 'mailer' | 'draft'>;

/**
 * How mails leave this machine: by SES where results are in S3 and the mode is send. From a folder
 * they never do: they become files in it, so that nobody is written to from a laptop by mistake.
 */
export const openMailers = async (
  { mail }: Config,
  { out, store }: { readonly out: string; readonly store: ObjectStore },
): Promise<Mailers> => {
  const { emlMailer } = await import('../adapters/local/eml-mailer.ts');
  const draft = emlMailer(store);
  if (!isInS3(out)) return { mailer: draft, draft };
  if (mail.mode !== 'send') return { mailer: null, draft };
  const { awsMailer } = await import('./open-aws.ts');
  return { mailer: awsMailer(mail.configuration_set), draft };
};
