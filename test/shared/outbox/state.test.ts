import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Feedback, settle } from '../../../shared/outbox/feedback.ts';
import { nextStep } from '../../../shared/outbox/next-step.ts';
import {
  type MailState,
  type MessageState,
  mailStates,
  mayFollow,
  moved,
  untouched,
} from '../../../shared/outbox/state.ts';

const words = { run_key: 'run-1', file: 'runs/1/message.json' };
const at = '2026-11-22T05:00:00.000Z';

/** A message that came into a state by the shortest way there is. */
const ways: Readonly<Record<MailState, readonly MailState[]>> = {
  planned: [],
  claimed: ['claimed'],
  sent: ['claimed', 'sent'],
  uncertain: ['claimed', 'uncertain'],
  held: ['held'],
  released: ['held', 'released'],
  refused: ['claimed', 'refused'],
};

const messageIn = (state: MailState, change: Partial<MessageState> = {}): MessageState => ({
  ...ways[state].reduce(
    (message, next) =>
      moved(message, {
        ...{ state: next, at },
        ...(next === 'claimed' && { attempt: 'a1', recipient: 'anna@acme.example' }),
      }),
    untouched(words),
  ),
  ...change,
});

describe('a message', () => {
  test('once sent is only ever refused: no way leads from there to a second sending', () => {
    const reached = (from: MailState, without: readonly MailState[]): Set<MailState> => {
      const seen = new Set<MailState>([from]);
      for (const state of seen) {
        for (const next of mailStates) {
          if (mayFollow(state, next) && !without.includes(next)) seen.add(next);
        }
      }
      return seen;
    };
    // But for a person who releases what was refused.
    expect([...reached('sent', ['released'])]).toEqual(['sent', 'refused']);
    expect([...reached('refused', ['released'])]).toEqual(['refused']);
  });

  test.each(mailStates)('that is %s takes no step that its state does not allow', (state) => {
    for (const next of mailStates) {
      const step = () => moved(messageIn(state), { state: next, at });
      if (mayFollow(state, next))
        expect(step().history.at(-1)).toEqual({ state: next, at, reason: null });
      else expect(step).toThrow(/impossible state/);
    }
  });

  test('remembers how it came there, and not without end', () => {
    let message = untouched(words);
    for (let round = 0; round < 30; round += 1) {
      message = moved(message, { state: 'claimed', at });
      message = moved(message, { state: 'planned', at, reason: `round ${round}` });
    }
    expect(message.history).toHaveLength(20);
    expect(message.history.at(-1)).toEqual({ state: 'planned', at, reason: 'round 29' });
  });
});

describe('the next step', () => {
  const send = { mode: 'send', on_uncertain: 'hold' } as const;
  const usual = {
    now: new Date(at),
    rules: send,
    canSend: true,
    file: words.file,
    kind: 'renewal_digest',
    daysOld: 0,
  };
  const later = (minutes: number) => new Date(Date.parse(at) + minutes * 60_000);

  test.each<[string, MailState, Partial<typeof usual> | object, string]>([
    ['planned, in mode send', 'planned', {}, 'claim'],
    ['planned, in review', 'planned', { rules: { ...send, mode: 'review' } }, 'hold'],
    ['planned, without a mailer', 'planned', { canSend: false }, 'wait'],
    ['planned, a week old', 'planned', { daysOld: 7 }, 'claim'],
    ['planned, older', 'planned', { daysOld: 8 }, 'hold'],
    ['planned, weekly', 'planned', { kind: 'weekly_summary', daysOld: 6 }, 'claim'],
    ['planned, weekly, of last week', 'planned', { kind: 'weekly_summary', daysOld: 7 }, 'hold'],
    ['planned, a CSM, of last week', 'planned', { kind: 'csm_weekly', daysOld: 7 }, 'hold'],
    ['held, in mode send', 'held', {}, 'leave'],
    ['held, in review', 'held', { rules: { ...send, mode: 'review' } }, 'leave'],
    ['held, with newer words', 'held', { rules: { ...send, mode: 'review' }, file: 'b' }, 'hold'],
    ['released, in mode send', 'released', { daysOld: 30 }, 'claim'],
    ['released, in review', 'released', { rules: { ...send, mode: 'review' } }, 'wait'],
    ['claimed just now', 'claimed', { now: later(15) }, 'wait'],
    ['claimed long ago', 'claimed', { now: later(15.1) }, 'doubt'],
    ['uncertain', 'uncertain', {}, 'leave'],
    [
      'uncertain, wanted again',
      'uncertain',
      { rules: { ...send, on_uncertain: 'resend' } },
      'claim',
    ],
    [
      'uncertain, wanted again, in review',
      'uncertain',
      { rules: { mode: 'review', on_uncertain: 'resend' } },
      'leave',
    ],
    ['sent', 'sent', { rules: { ...send, on_uncertain: 'resend' } }, 'leave'],
    ['refused', 'refused', {}, 'leave'],
  ])('of one that is %s', (_, state, situation, step) => {
    expect(nextStep(messageIn(state), { ...usual, ...situation }).step).toBe(step);
  });

  test('of one that nobody has touched is that of one that is planned', () => {
    expect(nextStep(null, usual)).toEqual({ step: 'claim' });
  });
});

describe('what the mail server tells', () => {
  const usual: Feedback = {
    ...{ messageId: 'm1', kind: 'delivered', isPermanent: false, at },
    recipients: ['Anna@acme.example'],
  };
  const bounce = { kind: 'bounced', isPermanent: true } as const;
  const releasedAgain = moved(messageIn('uncertain'), { state: 'released', at });

  test.each<[string, MessageState, Partial<Feedback>, MailState | null]>([
    ['uncertain, delivered', messageIn('uncertain'), {}, 'sent'],
    ['claimed, delivered', messageIn('claimed'), {}, 'sent'],
    ['sent, delivered', messageIn('sent'), {}, null],
    ['refused, delivered', messageIn('refused'), {}, null],
    ['released after a doubt, delivered', releasedAgain, {}, 'sent'],
    ['released after a doubt, bounced', releasedAgain, bounce, 'refused'],
    ['held, delivered', messageIn('held'), {}, null],
    ['released and never sent, delivered', messageIn('released'), {}, null],
    ['released and never sent, bounced', messageIn('released'), bounce, null],
    ['sent, bounced for good', messageIn('sent'), bounce, 'refused'],
    ['uncertain, bounced for good', messageIn('uncertain'), bounce, 'refused'],
    ['sent, a passing bounce', messageIn('sent'), { kind: 'bounced' }, null],
    ['uncertain, a passing bounce', messageIn('uncertain'), { kind: 'bounced' }, 'sent'],
    [
      'sent, a copy bounced',
      messageIn('sent'),
      { ...bounce, recipients: ['b@acme.example'] },
      null,
    ],
    [
      'uncertain, a copy bounced',
      messageIn('uncertain'),
      { ...bounce, recipients: ['b@acme.example'] },
      'sent',
    ],
    ['sent, called spam', messageIn('sent'), { kind: 'complained' }, 'refused'],
    [
      'uncertain, rejected',
      messageIn('uncertain'),
      { kind: 'rejected', recipients: [] },
      'refused',
    ],
  ])('of one that is %s', (_, message, change, state) => {
    expect(settle(message, { ...usual, ...change })?.state ?? null).toBe(state);
  });

  test('ends the same in whichever order, and however often, it is told', () => {
    const feedback = fc.record({
      kind: fc.constantFrom('delivered', 'bounced', 'complained', 'rejected'),
      isPermanent: fc.boolean(),
      recipients: fc.constantFrom(['anna@acme.example'], ['b@acme.example'], []),
    });
    const told = (all: readonly Partial<Feedback>[], from: MailState) =>
      all.reduce(
        (message, one) => settle(message, { ...usual, ...one }) ?? message,
        messageIn(from),
      ).state;
    fc.assert(
      fc.property(
        fc.array(feedback as fc.Arbitrary<Partial<Feedback>>, { minLength: 1, maxLength: 5 }),
        fc.constantFrom<MailState>('uncertain', 'claimed', 'sent'),
        (all, from) => {
          expect(told(all.toReversed(), from)).toBe(told(all, from));
          expect(told([...all, ...all], from)).toBe(told(all, from));
          expect(['sent', 'refused']).toContain(told(all, from));
        },
      ),
    );
  });
});
