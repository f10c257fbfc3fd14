/** What an AWS SDK error says of itself, whatever class a bundler has renamed it to. */
export interface AwsFailure {
  readonly name: string;
  readonly message: string;
  readonly status: number | undefined;
}

/** AWS errors are told apart by name and status only: esbuild renames their classes. */
export const awsFailure = (error: unknown): AwsFailure => {
  const { name, message, code, $metadata } = fieldsOf(error);
  const status = fieldsOf($metadata).httpStatusCode;
  const socketCode = typeof code === 'string' && /^E[A-Z_]+$/.test(code) ? code : undefined;
  return {
    name: socketCode ?? (typeof name === 'string' ? name : 'Error'),
    message: typeof message === 'string' && message !== '' ? message : 'no further words',
    status: typeof status === 'number' ? status : undefined,
  };
};

/** The service is there but asks for patience, so a later call may well do. */
export const isThrottled = (error: unknown): boolean => {
  const { name, status } = awsFailure(error);
  return THROTTLED.has(name) || status === 429 || status === 503;
};

/** No answer came, or only half of one: the call may or may not have had its effect. */
export const isDropped = (error: unknown): boolean => {
  const { name, status } = awsFailure(error);
  return DROPPED.has(name) || (status !== undefined && status >= 500);
};

/** Says whether AWS forbade a call; HEAD replies carry no body and thus no error name. */
export const isDenied = (error: unknown): boolean => {
  const { name, status } = awsFailure(error);
  return /^AccessDenied|^Forbidden/.test(name) || status === 403;
};

/** The caller could not show who it is: nothing in the account needs mending. */
export const isUnknownCaller = (error: unknown): boolean =>
  /^(Credentials|ExpiredToken|InvalidAccessKeyId|SignatureDoesNotMatch|UnrecognizedClient|InvalidClientTokenId)/.test(
    awsFailure(error).name,
  );

const THROTTLED = new Set([
  'TooManyRequestsException',
  'ThrottlingException',
  'Throttling',
  'SlowDown',
  'RequestLimitExceeded',
]);

const DROPPED = new Set([
  'TimeoutError',
  'NetworkingError',
  'RequestTimeout',
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
]);

function fieldsOf(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
}
