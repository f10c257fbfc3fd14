import { execFile } from 'node:child_process';
import { join } from 'node:path';

export interface Invocation {
  /** The folder of the bundled asset. */
  readonly asset: string;
  readonly event: unknown;
  readonly env: Readonly<Record<string, string>>;
  /** What the function is told whenever it asks for the time it has left. */
  readonly remainingMs: number;
  /** What time it is there; left out: the machine's. */
  readonly now?: string;
}

export interface Invoked {
  /** The answer of the handler, or null when it threw. */
  readonly summary: Readonly<Record<string, unknown>> | null;
  readonly error: string;
  /** What CloudWatch would have been given. */
  readonly logs: string;
}

// Pauses are shortened, so that patience with an engine costs a test little; deadlines of the SDK,
// which are many seconds, stay far off.
const PROCESS = `
  const { asset, event, remainingMs, now } = JSON.parse(process.argv[1]);
  const Machine = Date;
  const shift = now === undefined ? 0 : Machine.parse(now) - Machine.now();
  globalThis.Date = class extends Machine {
    constructor(...given) {
      super(...(given.length > 0 ? given : [Machine.now() + shift]));
    }
    static now() {
      return Machine.now() + shift;
    }
  };
  const pause = globalThis.setTimeout;
  globalThis.setTimeout = (run, ms, ...rest) => pause(run, ms >= 100 ? ms / 50 : ms, ...rest);
  const context = { awsRequestId: 'request', getRemainingTimeInMillis: () => remainingMs };
  const answer = await import(asset)
    .then(({ handler }) => handler(event, context))
    .then((summary) => ({ summary, error: '' }), ({ message }) => ({ summary: null, error: message }));
  process.stdout.write('\\nANSWER ' + JSON.stringify(answer));
`;

/** Invokes the bundled handler as Lambda does at a cold start: a process with nothing but its asset. */
export const invokeAsset = ({ asset, env, ...rest }: Invocation): Promise<Invoked> => {
  const given = JSON.stringify({ ...rest, asset: join(asset, 'index.mjs') });
  const node = process.env.HOLDFAST_TEST_LAMBDA_NODE ?? process.execPath;
  const options = { env, cwd: asset, maxBuffer: 1e8, timeout: 120_000 };
  return new Promise((resolve, reject) => {
    execFile(
      node,
      ['--enable-source-maps', '--input-type=module', '-e', PROCESS, given],
      options,
      (failure, stdout, stderr) => {
        const [logs = '', answer] = stdout.split('\nANSWER ');
        if (failure || answer === undefined) reject(new Error(`${failure}\n${stderr}\n${stdout}`));
        else resolve({ ...JSON.parse(answer), logs: `${logs}${stderr}` });
      },
    );
  });
};
