import { json } from './athena-wire.ts';
import { type HttpFake, httpFake } from './http-fake.ts';

/** What PutEvents was given for one event, and took. */
export interface TakenEntry {
  readonly EventBusName: string;
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
}

/** Under HTTP 200 the entry at a place, or every entry, is not taken, for a reason. */
export type EventBridgeFault = `${string} at ${number}` | `${string} for all`;

export interface FakeEventBridge extends HttpFake<EventBridgeFault> {
  /** Every entry that was taken, in order, with what came twice. */
  readonly taken: TakenEntry[];
}

/** EventBridge as far as publishing needs it: its limits, and entries that fail one by one. */
export const fakeEventBridge = async (): Promise<FakeEventBridge> => {
  const taken: TakenEntry[] = [];

  const put = (entries: readonly TakenEntry[], fault: EventBridgeFault | undefined) => {
    const bytes = entries.reduce((sum, entry) => sum + weightOf(entry), 0);
    if (entries.length > 10 || bytes > 262_144) return invalid('The entries are too many or large');
    const results = entries.map((entry, index) => {
      const ErrorCode = reasonFor(fault, index);
      if (ErrorCode !== undefined) return { ErrorCode, ErrorMessage: 'told to fail' };
      taken.push(entry);
      return { EventId: `event-${taken.length}` };
    });
    const FailedEntryCount = results.filter((result) => 'ErrorCode' in result).length;
    return json({ FailedEntryCount, Entries: results });
  };

  const fake = await httpFake<EventBridgeFault>({
    operationOf: ({ headers }) => `${headers['x-amz-target']}`.replace('AWSEvents.', ''),
    refusal: (fault) => REFUSALS[fault],
    serve: (operation, { body }, fault) =>
      operation === 'PutEvents' ? put(JSON.parse(`${body}`).Entries, fault) : invalid(operation),
  });
  return { ...fake, taken };
};

const weightOf = ({ Source, DetailType, Detail }: TakenEntry): number =>
  Buffer.byteLength(`${Source}${DetailType}${Detail}`);

function reasonFor(fault: EventBridgeFault | undefined, index: number): string | undefined {
  const [, reason, place] = /^(\w+) (?:at (\d+)|for all)$/.exec(fault ?? '') ?? [];
  return place === undefined || Number(place) === index ? reason : undefined;
}

function invalid(message: string) {
  return json({ __type: 'ValidationException', message }, 400);
}

const REFUSALS = {
  throttle: json({ __type: 'ThrottlingException', message: 'Rate exceeded' }, 400),
  '500': json({ __type: 'InternalException', message: 'We are sorry' }, 500),
  deny: json({ __type: 'AccessDeniedException', message: 'not authorized' }, 400),
};
