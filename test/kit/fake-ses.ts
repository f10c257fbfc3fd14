import { type FakeReply, type HttpFake, httpFake } from './http-fake.ts';

/** What SendRawEmail was given for one mail, and took. */
export interface TakenMail {
  readonly source: string;
  readonly destinations: string[];
  readonly raw: Uint8Array;
  readonly configurationSet: string | null;
  readonly tags: Readonly<Record<string, string>>;
}

/** What SES answers where it does not take a mail. */
export type SesFault = keyof typeof ANSWERS;

export interface FakeSes extends HttpFake<SesFault> {
  /** Every mail that was taken, in order, with what came twice. */
  readonly taken: TakenMail[];
}

/** SES as far as sending needs it: the Query protocol, the rate of the account, its refusals. */
export const fakeSes = async ({ perSecond = 14 } = {}): Promise<FakeSes> => {
  const taken: TakenMail[] = [];

  const serve = (operation: string, body: string, fault: SesFault | undefined): FakeReply => {
    if (fault !== undefined) return ANSWERS[fault];
    if (operation === 'GetSendQuota') {
      const limits = `<Max24HourSend>50000.0</Max24HourSend><SentLast24Hours>7.0</SentLast24Hours>`;
      return answer(operation, `<MaxSendRate>${perSecond}</MaxSendRate>${limits}`);
    }
    if (operation !== 'SendRawEmail') return refusal('InvalidAction', operation);
    const mail = mailIn(new URLSearchParams(body));
    if (mail.raw.length > 10_485_760) return ANSWERS['too-large'];
    taken.push(mail);
    return answer(operation, `<MessageId>ses-${taken.length}</MessageId>`);
  };

  const fake = await httpFake<SesFault>({
    operationOf: ({ body }) => new URLSearchParams(`${body}`).get('Action') ?? 'none',
    refusal: (fault) => REFUSALS[fault],
    serve: (operation, { body }, fault) => serve(operation, `${body}`, fault),
  });
  return { ...fake, taken };
};

function mailIn(form: URLSearchParams): TakenMail {
  const members = (name: string) =>
    [...form].filter(([key]) => key.startsWith(`${name}.member.`)).map(([, value]) => value);
  const named = members('Tags');
  const tags = named.flatMap((name, at) => (at % 2 === 0 ? [[name, named[at + 1] ?? '']] : []));
  return {
    source: form.get('Source') ?? '',
    destinations: members('Destinations'),
    raw: new Uint8Array(Buffer.from(form.get('RawMessage.Data') ?? '', 'base64')),
    configurationSet: form.get('ConfigurationSetName'),
    tags: Object.fromEntries(tags),
  };
}

const NAMESPACE = 'xmlns="http://ses.amazonaws.com/doc/2010-12-01/"';

function answer(operation: string, result: string): FakeReply {
  const meta = '<ResponseMetadata><RequestId>request</RequestId></ResponseMetadata>';
  const inner = `<${operation}Result>${result}</${operation}Result>${meta}`;
  const body = `<${operation}Response ${NAMESPACE}>${inner}</${operation}Response>`;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
}

function refusal(code: string, message: string, status = 400): FakeReply {
  const error = `<Type>Sender</Type><Code>${code}</Code><Message>${message}</Message>`;
  const inner = `<Error>${error}</Error><RequestId>request</RequestId>`;
  const body = `<ErrorResponse ${NAMESPACE}>${inner}</ErrorResponse>`;
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

function notVerified(identity: string): FakeReply {
  const failed = `The following identities failed the check in region US-EAST-1: ${identity}`;
  return refusal('MessageRejected', `Email address is not verified. ${failed}`);
}

const ANSWERS = {
  sandbox: notVerified('l.fischer@harbourline.example'),
  'unverified-sender': notVerified('success@harbourline.example'),
  'daily-quota': refusal('Throttling', 'Daily message quota exceeded.'),
  'rejected-address': refusal('InvalidParameterValue', 'Missing final &apos;@domain&apos;'),
  'too-large': refusal('InvalidParameterValue', 'Message length is more than 10485760 bytes long'),
  paused: refusal('AccountSendingPausedException', 'Sending is paused'),
  'no-such-set': refusal('ConfigurationSetDoesNotExist', 'Configuration set does not exist'),
  'no-mail-from': refusal('MailFromDomainNotVerifiedException', 'MAIL FROM is not verified'),
} as const satisfies Record<string, FakeReply>;

const REFUSALS = {
  throttle: refusal('Throttling', 'Maximum sending rate exceeded.'),
  '500': refusal('InternalFailure', 'We are sorry', 500),
  deny: refusal('AccessDenied', 'not authorized to perform ses:SendRawEmail', 403),
};
