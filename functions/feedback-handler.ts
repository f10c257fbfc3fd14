import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { HoldfastError } from '../shared/basics/problem.ts';
import { settleFeedback } from '../shared/outbox/feedback.ts';
import type { ObjectStore } from '../shared/ports/object-store.ts';
import { feedbackOf, sesEventField } from './adapters/aws/ses-event.ts';
import { told } from './told-failure.ts';

/**
 * Notes in the outbox what SES says became of a mail. Events come more than once and in any order,
 * and some are of mails that others send; noting one again changes nothing.
 */
export const feedbackHandler = (openStore: () => ObjectStore) => {
  const logger = new Logger();
  let store: ObjectStore | undefined;

  return async (event: unknown, { awsRequestId }: Pick<Context, 'awsRequestId'>): Promise<void> => {
    logger.resetKeys();
    logger.appendKeys({ request_id: awsRequestId });
    try {
      const parsed = sesEventField.safeParse(event);
      if (!parsed.success) throw unknownEvent(parsed.error.issues.map(issueWords));
      const feedback = feedbackOf(parsed.data);
      if (feedback === null) return logger.info('Not a mail of ours', { id: parsed.data.id });
      store ??= openStore();
      await settleFeedback(store, feedback);
      const { messageId, kind, isPermanent } = feedback;
      logger.info('Noted', { message_id: messageId, kind, permanent: isPermanent });
    } catch (error) {
      throw told(error, logger);
    }
  };
};

const issueWords = ({ path, message }: { path: PropertyKey[]; message: string }): string =>
  `${path.join('.') || 'the event'} (${message})`;

/** Says what is amiss and not the event itself, which names people. */
function unknownEvent(issues: readonly string[]): HoldfastError {
  const problem = {
    where: 'the event',
    found: issues.slice(0, 5).join(', '),
    expected: 'an event of SES about a mail, as EventBridge gives it',
    fix: 'Look at the rule that invokes this function: it is for the events of SES alone.',
  };
  return new HoldfastError('usage', [problem]);
}
