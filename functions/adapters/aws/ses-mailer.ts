import { GetSendQuotaCommand, type SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { assert } from '../../../shared/basics/problem.ts';
import type { Mailer, MailMessage } from '../../../shared/ports/mailer.ts';
import { mimeMessage } from '../mime-message.ts';
import { isDropped, isThrottled } from './aws-failure.ts';
import { MESSAGE_TAG } from './ses-event.ts';
import { noMailAtAll, sendFailure } from './ses-failure.ts';
import { type Backoff, withBackoff } from './with-backoff.ts';

interface SesOptions extends Backoff {
  /** With one attempt: a reply that is lost and asked for again is a mail that comes twice. */
  readonly client: SESClient;
  readonly configurationSet: string;
}

/**
 * Sends by SES: one call for a mail, never repeated, no faster than the account may. Only those
 * whom the message names are written to, whatever its headers say.
 */
export const sesMailer = ({ client, configurationSet, clock, random }: SesOptions): Mailer => {
  let perSecond: number | undefined;
  let freeAt = 0;

  /** Waits for a place; SES counts recipients and not mails. */
  const pace = async (recipients: number): Promise<void> => {
    perSecond ??= await allowedRate(client, { clock, random });
    const now = clock.now().getTime();
    if (freeAt > now) await clock.sleep(freeAt - now);
    freeAt = Math.max(now, freeAt) + Math.ceil((1000 * recipients) / perSecond);
  };

  return {
    async send(message) {
      const mime = await mimeMessage(message);
      if (mime.refusal !== undefined) return { status: 'refused', reason: mime.refusal };
      assert((await client.config.maxAttempts()) === 1, 'a mail is sent in one attempt');
      const recipients = new Set([message.to, ...message.cc].map(({ address }) => address));
      await pace(recipients.size);
      const command = new SendRawEmailCommand({
        Source: message.from.address,
        Destinations: [...recipients],
        RawMessage: { Data: mime.bytes },
        ConfigurationSetName: configurationSet,
        Tags: tagsOf(message),
      });
      try {
        const { MessageId } = await client.send(command);
        assert(MessageId, 'SES gives a mail that it takes an id');
        return { status: 'sent', reference: MessageId };
      } catch (error) {
        return sendFailure(error, message);
      }
    },
  };
};

/** Recipients a second that SES takes of this account. Asking is harmless, so it is asked again. */
async function allowedRate(client: SESClient, backoff: Backoff): Promise<number> {
  const isPassing = (error: unknown) => isThrottled(error) || isDropped(error);
  try {
    const quota = await withBackoff(
      () => client.send(new GetSendQuotaCommand({})),
      isPassing,
      backoff,
    );
    return Math.max(1, quota.MaxSendRate ?? 1);
  } catch (error) {
    throw noMailAtAll(error, 'GetSendQuota');
  }
}

/** Letters, digits, - and _ are all that a tag may hold. */
function tagsOf({ messageId, tags }: MailMessage) {
  const plain = (text: string) => text.replace(/[^\w-]/g, '_').slice(0, 256);
  return Object.entries({ ...tags, [MESSAGE_TAG]: messageId })
    .map(([name, value]) => ({ Name: plain(name), Value: plain(value) }))
    .filter(({ Name, Value }) => Name !== '' && Value !== '');
}
