import type { TestProject } from 'vitest/node';
import { findJdk, startTrino } from './trino-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the Trino under test listens; empty where there is no JDK to run it. */
    trino: string;
  }
}

/** One Trino for all the tests: it takes half a minute to start. */
export const setup = async (project: TestProject) => {
  const jdk = findJdk();
  if ('missing' in jdk) {
    console.warn(`\nSkipped: ${jdk.missing}.\n`);
    project.provide('trino', '');
    return () => {};
  }
  const server = await startTrino(jdk.home);
  project.provide('trino', server.address);
  return server.stop;
};
