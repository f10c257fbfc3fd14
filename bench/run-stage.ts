import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { StageReport } from './stages/stage.ts';

export interface Stage {
  /** A file of stages/, started as the command is, or a bundle, run by Node alone as in Lambda. */
  readonly script: string;
  readonly input: unknown;
}

/** A stage as measured from outside: from the start of its process to its end. */
export interface Measured extends StageReport {
  readonly seconds: number;
}

/** Runs a stage in a process of its own, so that its memory and its start are its own. */
export const runStage = async ({ script, input }: Stage): Promise<Measured> => {
  const begun = performance.now();
  const child = spawn(process.execPath, [...program(script), JSON.stringify(input)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  const seconds = (performance.now() - begun) / 1000;
  if (code !== 0) throw new Error(`${script} ended with ${signal ?? `code ${code}`}`);
  return { ...(JSON.parse(said.trim().split('\n').at(-1) ?? '') as StageReport), seconds };
};

function program(script: string): string[] {
  // The heap that infra/scheduled-job.ts gives a function.
  if (script.endsWith('.mjs')) return ['--max-old-space-size=320', script];
  return [fileURLToPath(new URL('stages/start.mjs', import.meta.url)), `bench/${script}`];
}
