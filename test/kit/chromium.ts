import { existsSync } from 'node:fs';
import sparticuz from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

/** Where a Chromium may stand that somebody installed. */
const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A browser to test in, or why there is none. */
export type Found = { readonly browser: Browser } | { readonly missing: string };

/**
 * The first Chromium that starts: the one that HOLDFAST_CHROMIUM names, the one that npm brings, one of
 * the system. Each is tried out, because the one npm brings is for Linux and needs its libnss3.
 */
export const findChromium = async (): Promise<Found> => {
  const named = process.env.HOLDFAST_CHROMIUM;
  if (named !== undefined) return { browser: await started(named) };
  const failures: string[] = [];
  const installed = INSTALLED.filter((path) => existsSync(path)).map((path) => async () => path);
  for (const pathOf of [() => sparticuz.executablePath(), ...installed]) {
    try {
      return { browser: await started(await pathOf()) };
    } catch (error) {
      failures.push(String(error).split('\n')[0] as string);
    }
  }
  return { missing: `no Chromium starts here (${failures.join('; ')})` };
};

/** The sandbox of Chromium does not run as root, as which CI runs; our own pages need none. */
const started = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
