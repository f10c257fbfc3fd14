import { plainText, plural } from '../../shared/basics/text.ts';
import type { StandingMail } from '../../shared/outbox/list-mail.ts';
import { addressWords } from '../../shared/outbox/message-file.ts';
import type { PlannedMessage } from '../../shared/outbox/planned-message.ts';
import {
  type MailState,
  type MessageState,
  mailStates,
  stateMeanings,
} from '../../shared/outbox/state.ts';
import { aligned } from './aligned.ts';

/** The mails of these weeks, one to a line, and what their states mean. */
export const listLines = (mails: readonly StandingMail[], now: Date): string[] => {
  if (mails.length === 0) return ['No mail was planned in the last two weeks.'];
  const cells = (mail: StandingMail) => [
    mail.damage === null ? (mail.standing?.state ?? 'planned') : 'broken',
    mail.standing === null ? '' : ageWords(mail.standing.at, now),
    mail.asOf,
    mail.kind.replaceAll('_', ' '),
    plainText(mail.recipient, 40),
    mail.messageId.slice(0, SHOWN_DIGITS),
    plainText(mail.subject, 70),
  ];
  const head = ['state', 'since', 'day', 'kind', 'to', 'id', 'subject'];
  const rows = aligned(
    [head, ...mails.map(cells)],
    head.map((name) => name === 'since'),
  );
  const sound = mails.filter(({ damage }) => damage === null);
  const seen = new Set(sound.map(({ standing }) => standing?.state ?? 'planned'));
  const meanings = mailStates
    .filter((state) => seen.has(state))
    .map((state) => `  ${state}: ${stateMeanings[state]}`);
  return [...rows, '', plural(mails.length, 'mail'), ...meanings, ...mails.flatMap(remarks)];
};

/** What a line has no room for: a person who reads it may be about to let the mail go. */
const remarks = (mail: StandingMail): string[] => {
  const { messageId, damage } = mail;
  const id = messageId.slice(0, SHOWN_DIGITS);
  const later = laterWords(mail);
  return [
    ...(damage === null ? [] : [`  ${id} is broken, and nothing is sent for it: ${damage}`]),
    ...(later === null ? [] : [`  ${id}: ${later}.`]),
  ].map((line) => plainText(line, 600));
};

const laterWords = ({ later }: StandingMail): string | null => {
  if (later === null) return null;
  return later === 'other words'
    ? 'a later revision of its day has other words; what may leave are these'
    : 'the run that is shown of its day plans it no more';
};

const SHOWN_DIGITS = 12;

function ageWords(since: string, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - Date.parse(since)) / 60_000));
  if (minutes < 60) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} days`;
}

/** What the mailer of a folder calls a mail. */
const FILE = /[\\/]message\.eml$/;

/** How a mail stands, and why. */
export const stateLine = (state: MailState, message: MessageState | null): string => {
  if (state === 'sent' && FILE.test(message?.reference ?? '')) {
    return `sent: it was written as a file, and nothing has left: ${message?.reference}`;
  }
  const reason = message?.reason == null ? '' : ` (${message.reason})`;
  const reference = message?.reference == null ? '' : ` as ${message.reference}`;
  if (state === 'sent') return `sent: it was taken by the mail server${reference}${reason}`;
  return `${state}: it ${stateMeanings[state]}${reason}`;
};

/** A mail whole: who it is for, how it stands, how it came there, and its text. */
export const mailLines = (mail: StandingMail, message: PlannedMessage): string[] => {
  const { standing, messageId, asOf, job, folder } = mail;
  const about: readonly (readonly [string, string | null])[] = [
    ['id', messageId],
    ['of', `${job}, ${asOf}`],
    ['to', addressWords(message.to)],
    ['copies', message.cc.map(addressWords).join(', ') || null],
    ['subject', message.subject],
    ['state', stateLine(standing?.state ?? 'planned', standing)],
    ['later', laterWords(mail)],
    ['attached', message.attachments.map(({ filename }) => filename).join(', ') || null],
    ['lies in', `${folder}/`],
  ];
  const history = (standing?.history ?? []).map(
    ({ at, state, reason }) => `  ${at}  ${state}${reason === null ? '' : `: ${reason}`}`,
  );
  return [
    ...about.flatMap(([name, text]) =>
      text === null ? [] : [`${name.padEnd(9)}${plainText(text, 400)}`],
    ),
    ...history.map((line) => plainText(line, 400)),
    '',
    ...message.text.split('\n').map((line) => plainText(line, 400)),
  ];
};
