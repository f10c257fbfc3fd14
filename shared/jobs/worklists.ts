import type { JobPorts } from './job.ts';
export const writeWorklists = async (
  _open: unknown,
  _about: unknown,
  _ports: JobPorts,
): Promise<void> => {};
