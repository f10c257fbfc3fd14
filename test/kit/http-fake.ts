import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a service answers, or how the line to it breaks. */
export type TransportFault = 'drop' | 'lose-reply' | 'cut-body' | 'throttle' | '500' | 'deny';

export type Refusal = Extract<TransportFault, 'throttle' | '500' | 'deny'>;

export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface FakeReply {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

export interface FakeService<Fault extends string> {
  operationOf(request: FakeRequest): string;
  /** Faults of the service itself arrive here; those of the line never do. */
  serve(operation: string, request: FakeRequest, fault?: Fault): Promise<FakeReply> | FakeReply;
  /** The reply to a fault that every service has, in the words of this one. */
  refusal(fault: Refusal): FakeReply;
}

export interface HttpFake<Fault extends string> {
  readonly url: string;
  /** Every operation asked for, in order, failed ones included. */
  readonly calls: string[];
  readonly faults: { next(operation: string, fault: Fault | TransportFault, times?: number): void };
  readonly client: ClientSettings;
  close(): Promise<void>;
}

export interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** An in-process service for the real SDK to talk to, with faults on cue. */
export const httpFake = async <Fault extends string>(
  service: FakeService<Fault>,
): Promise<HttpFake<Fault>> => {
  const calls: string[] = [];
  const planned: { operation: string; fault: Fault | TransportFault }[] = [];

  const take = (operation: string) => {
    const index = planned.findIndex((plan) => plan.operation === operation);
    return index < 0 ? undefined : planned.splice(index, 1)[0]?.fault;
  };

  const answer = async (request: FakeRequest, response: ServerResponse) => {
    const operation = service.operationOf(request);
    calls.push(operation);
    const fault = take(operation);
    if (fault === 'drop') return response.destroy();
    if (isRefusal(fault)) return send(response, service.refusal(fault));
    const isOwn = fault !== 'lose-reply' && fault !== 'cut-body';
    const reply = await service.serve(operation, request, isOwn ? (fault as Fault) : undefined);
    if (fault === 'lose-reply') return response.destroy();
    return fault === 'cut-body' ? sendHalf(response, reply) : send(response, reply);
  };

  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', headers } = incoming;
      const { pathname, searchParams: query } = new URL(incoming.url ?? '/', 'http://fake');
      const path = decodeURIComponent(pathname);
      answer({ method, path, query, headers, body: Buffer.concat(chunks) }, response).catch(
        (error) => send(response, { status: 501, body: String(error?.stack ?? error) }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    calls,
    faults: {
      next: (operation, fault, times = 1) => {
        for (let time = 0; time < times; time++) planned.push({ operation, fault });
      },
    },
    client: {
      endpoint: url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIAFAKE', secretAccessKey: 'fake' },
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

function isRefusal(fault: string | undefined): fault is Refusal {
  return fault === 'throttle' || fault === '500' || fault === 'deny';
}

function send(response: ServerResponse, { status, headers, body = '' }: FakeReply): void {
  response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers }).end(body);
}

function sendHalf(response: ServerResponse, { status, headers, body = '' }: FakeReply): void {
  const whole = Buffer.from(body);
  response.writeHead(status, { 'content-length': whole.length, ...headers });
  response.write(whole.subarray(0, whole.length >> 1), () => response.destroy());
}
