import { once } from 'node:events';
import { plainText } from '../../../shared/basics/text.ts';
import type { ExitCode } from '../main.ts';
import { servePreview } from '../preview/serve-preview.ts';
import { stopOnInterrupt } from '../stop-on-interrupt.ts';

interface PreviewOptions {
  readonly out: string;
  readonly port: number;
}

/** Mails and report pages as people will see them, in a browser of this machine, until Ctrl-C. */
export const preview = async ({ out, port }: PreviewOptions): Promise<ExitCode> => {
  const { signal, release } = stopOnInterrupt();
  try {
    const served = await servePreview(out, port);
    console.log(`${plainText(out, 600)} is shown at ${served.url} until Ctrl-C.`);
    if (!signal.aborted) await once(signal, 'abort');
    await served.close();
    return 0;
  } finally {
    release();
  }
};
