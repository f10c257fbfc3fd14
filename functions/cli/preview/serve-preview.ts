import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HoldfastError } from '../../../shared/basics/problem.ts';
import { type Answer, headersOf, refusal } from './answer.ts';
import { resultsFolder } from './results-folder.ts';
import { answerTo } from './routes.ts';

/** A preview that is being served. */
export interface Preview {
  readonly url: string;
  close(): Promise<void>;
}

/** Only this machine can ask. */
const ADDRESS = '127.0.0.1';

/** Shows a folder of results to the browsers of this machine, and writes nothing. */
export const servePreview = async (folder: string, port: number): Promise<Preview> => {
  await refuseWithoutFolder(folder);
  const results = resultsFolder(folder);
  let hosts: readonly string[] = [];
  const server = createServer((request, response) => {
    const { method = '', url: target = '', headers } = request;
    void answerTo({ method, target, host: headers.host ?? '' }, { folder, results, hosts })
      .catch((error) => refusal(500, `That should not happen: ${String(error)}`))
      .then((answer) => send(answer, request, response));
  });
  server.listen(port, ADDRESS);
  await once(server, 'listening').catch((cause) => {
    throw portRefused(port, cause);
  });
  const { port: taken } = server.address() as AddressInfo;
  hosts = [`${ADDRESS}:${taken}`, `localhost:${taken}`];
  return {
    url: `http://${ADDRESS}:${taken}/`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};

function send(answer: Answer, request: IncomingMessage, response: ServerResponse): void {
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, { ...headersOf(answer), 'Content-Length': body.byteLength });
  response.end(request.method === 'HEAD' ? undefined : body);
}

async function refuseWithoutFolder(folder: string): Promise<void> {
  const about = await stat(folder).catch(() => null);
  if (about?.isDirectory()) return;
  const found = about === null ? 'nothing' : 'a file';
  const fix = folder.startsWith('s3://')
    ? 'Fetch its outbox/ and reports/ first, as with aws s3 sync, and name that folder.'
    : 'Name the folder that --out of a run named.';
  throw new HoldfastError('usage', [
    { where: `--out ${folder}`, found, expected: 'a folder of results on this machine', fix },
  ]);
}

function portRefused(port: number, cause: unknown): HoldfastError {
  const found = cause instanceof Error ? cause.message : String(cause);
  const fix = 'Name another with --port; 0 takes any that is free.';
  const problem = { where: `--port ${port}`, found, expected: 'a port that is free', fix };
  return new HoldfastError('usage', [problem], { cause });
}
