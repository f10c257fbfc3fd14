import { HoldfastError } from '../../../shared/basics/problem.ts';
import type { MailMessage, SendResult } from '../../../shared/ports/mailer.ts';
import { awsFailure, isDenied, isUnknownCaller } from './aws-failure.ts';

const A_SECOND_MS = 1_000;
const AN_HOUR_MS = 3_600_000;

/** No connection was made, so nothing was sent. */
const NOT_REACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** What is wrong with the account or the stack and not with a mail. */
const FOR_NOBODY =
  /^(AccountSendingPaused|ConfigurationSet(DoesNotExist|SendingPaused)|MailFromDomainNotVerified)/;

/**
 * What came of a call that failed. Only a reply that says so means that the mail was not taken;
 * where none came, or the server broke, nobody knows.
 */
export const sendFailure = (error: unknown, { from }: MailMessage): SendResult => {
  const { name, message, status } = awsFailure(error);
  const reason = `${name} (${message})`;
  if (NOT_REACHED.has(name)) return { status: 'throttled', reason, retryAfterMs: 5 * A_SECOND_MS };
  if (isUnknownCaller(error) || isDenied(error) || FOR_NOBODY.test(name)) {
    throw noMailAtAll(error, 'SendRawEmail');
  }
  if (name.startsWith('Throttling')) {
    const retryAfterMs = /daily/i.test(message) ? AN_HOUR_MS : A_SECOND_MS;
    return { status: 'throttled', reason, retryAfterMs };
  }
  // A reply that was cut short may be the one that says yes.
  const isRefusal = status !== undefined && status >= 400 && status < 500;
  if (!isRefusal) return { status: 'uncertain', reason };
  const unverified = unverifiedIn(message);
  if (unverified.some((identity) => isSender(identity, from.address))) {
    throw noMailAtAll(error, 'SendRawEmail');
  }
  if (unverified.length === 0) return { status: 'refused', reason };
  const sandbox = `SES is in the sandbox here and may write to verified addresses only (${reason})`;
  return { status: 'refused', reason: sandbox };
};

/** The error for a reader when SES would answer every mail like this; none was taken. */
export const noMailAtAll = (cause: unknown, operation: string): HoldfastError => {
  const { name, message } = awsFailure(cause);
  const problem = {
    where: 'SES',
    found: `${name} (${message})`,
    expected: `an answer to ${operation}`,
    fix: `${remedy(cause)} No mail was lost: what is planned is sent by the next run.`,
  };
  return new HoldfastError('config', [problem], { cause });
};

function remedy(cause: unknown): string {
  const { name } = awsFailure(cause);
  if (isUnknownCaller(cause)) return 'Give this process valid AWS credentials.';
  if (isDenied(cause)) {
    return 'Allow ses:SendRawEmail and ses:GetSendQuota; in the sandbox, for the recipient too.';
  }
  if (/Paused/.test(name)) return 'Sending is paused: look at the reputation in the SES console.';
  if (/ConfigurationSet/.test(name)) return 'Deploy the stack with mail.from, or name the set.';
  if (/NotVerified|^MessageRejected/.test(name)) {
    return 'Verify the domain of mail.from with SES, in this region.';
  }
  return 'Run it again.';
}

/** The identities that SES names where an address or a domain is not verified with it. */
function unverifiedIn(message: string): string[] {
  const [, list = ''] =
    /not verified\..*?identities failed the check in region \S+: (.*)$/i.exec(message) ?? [];
  return list
    .split(',')
    .map((identity) => identity.trim())
    .filter(Boolean);
}

const isSender = (identity: string, from: string): boolean =>
  identity.toLowerCase() === from.toLowerCase() ||
  identity.toLowerCase().endsWith(`<${from.toLowerCase()}>`);
