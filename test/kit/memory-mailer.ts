import type { Mailer, MailMessage, SendResult } from '../../shared/ports/mailer.ts';

export interface MemoryMailer extends Mailer {
  /** All that was taken, in order, with what came twice. */
  readonly taken: MailMessage[];
}

/** A mail server for tests: it takes everything, but for what `answer` says otherwise of a message. */
export const memoryMailer = (
  answer: (message: MailMessage, nth: number) => SendResult | undefined = () => undefined,
): MemoryMailer => {
  const taken: MailMessage[] = [];
  let calls = 0;
  return {
    taken,
    async send(message) {
      calls += 1;
      const said = answer(message, calls);
      if (said !== undefined) return said;
      taken.push(message);
      return { status: 'sent', reference: `ref-${taken.length}` };
    },
  };
};
