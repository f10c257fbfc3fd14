import { type FakeReply, type HttpFake, httpFake } from './http-fake.ts';

type SecretFault = 'denied' | 'no-such-secret' | 'no-decryption';

export interface FakeSecrets extends HttpFake<SecretFault> {
  /** What a secret holds, by the name or ARN that it is asked by. */
  readonly secrets: Map<string, string>;
}

/** Secrets Manager as far as reading a secret needs it. */
export const fakeSecrets = async (): Promise<FakeSecrets> => {
  const secrets = new Map<string, string>();
  const fake = await httpFake<SecretFault>({
    operationOf: ({ headers }) => `${headers['x-amz-target']}`.replace('secretsmanager.', ''),
    refusal: (fault) => REFUSALS[fault],
    serve: (_, { body }, fault) => {
      if (fault !== undefined) return ANSWERS[fault];
      const { SecretId } = JSON.parse(`${body}`);
      const SecretString = secrets.get(SecretId);
      if (SecretString === undefined) return ANSWERS['no-such-secret'];
      return answer(200, { ARN: 'arn', Name: SecretId, SecretString });
    },
  });
  return { ...fake, secrets };
};

function answer(status: number, body: object): FakeReply {
  const headers = { 'content-type': 'application/x-amz-json-1.1' };
  return { status, headers, body: JSON.stringify(body) };
}

const refusal = (__type: string, Message: string, status = 400): FakeReply =>
  answer(status, { __type, Message });

const ANSWERS = {
  denied: refusal('AccessDeniedException', 'not authorized to perform GetSecretValue'),
  'no-such-secret': refusal('ResourceNotFoundException', "can't find the specified secret."),
  'no-decryption': refusal('DecryptionFailure', "can't decrypt the protected secret text."),
};

const REFUSALS = {
  throttle: refusal('ThrottlingException', 'Rate exceeded'),
  '500': refusal('InternalServiceError', 'An error occurred on the server side.', 500),
  deny: ANSWERS.denied,
};
