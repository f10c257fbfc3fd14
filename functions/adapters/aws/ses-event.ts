import { z } from 'zod';
import type { Feedback } from '../../../shared/outbox/feedback.ts';

/** By this tag what SES says later finds its mail. */
export const MESSAGE_TAG = 'holdfast_message';

const mail = z.object({
  destination: z.array(z.string()).default([]),
  tags: z.record(z.string(), z.array(z.string())).default({}),
});
const moment = z.iso.datetime({ offset: true });
const people = z.array(z.object({ emailAddress: z.string() }));

const detailField = z.discriminatedUnion('eventType', [
  z.object({
    eventType: z.literal('Delivery'),
    mail,
    delivery: z.object({ timestamp: moment, recipients: z.array(z.string()) }),
  }),
  z.object({
    eventType: z.literal('Bounce'),
    mail,
    bounce: z.object({ timestamp: moment, bounceType: z.string(), bouncedRecipients: people }),
  }),
  z.object({
    eventType: z.literal('Complaint'),
    mail,
    complaint: z.object({ timestamp: moment, complainedRecipients: people }),
  }),
  z.object({ eventType: z.literal('Reject'), mail }),
  z.object({ eventType: z.enum(['Rendering Failure', 'RenderingFailure']), mail }),
]);

/**
 * What EventBridge hands over of a mail that SES has taken; only what is needed is looked at.
 * Source: docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
export const sesEventField = z.object({
  id: z.string(),
  source: z.literal('aws.ses'),
  time: moment,
  detail: detailField,
});

export type SesEvent = z.output<typeof sesEventField>;

/** The same in the words of the outbox, or null where the mail is not one of ours. */
export const feedbackOf = ({ time, detail }: SesEvent): Feedback | null => {
  const messageId = detail.mail.tags[MESSAGE_TAG]?.[0];
  if (messageId === undefined || !/^[0-9a-f]{32}$/.test(messageId)) return null;
  return { messageId, ...outcomeOf(detail, time) };
};

type Outcome = Omit<Feedback, 'messageId'>;

function outcomeOf(detail: SesEvent['detail'], time: string): Outcome {
  switch (detail.eventType) {
    case 'Delivery': {
      const { timestamp: at, recipients } = detail.delivery;
      return { kind: 'delivered', isPermanent: true, recipients, at };
    }
    case 'Bounce': {
      const { timestamp: at, bounceType, bouncedRecipients } = detail.bounce;
      const isPermanent = bounceType === 'Permanent';
      return { kind: 'bounced', isPermanent, recipients: addresses(bouncedRecipients), at };
    }
    case 'Complaint': {
      const { timestamp: at, complainedRecipients } = detail.complaint;
      const possible = addresses(complainedRecipients);
      // SES names all who may have complained; nobody is left alone for what another did.
      const recipients = possible.length === 1 ? possible : [];
      return { kind: 'complained', isPermanent: true, recipients, at };
    }
    // Of the mail and not of those it was for: they may be written to again.
    default:
      return {
        kind: 'rejected',
        isPermanent: false,
        recipients: detail.mail.destination,
        at: time,
      };
  }
}

const addresses = (people: readonly { readonly emailAddress: string }[]): string[] =>
  people.map(({ emailAddress }) => emailAddress);
