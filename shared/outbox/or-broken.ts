import { DamagedFile } from '../publish/decode-json.ts';

/** What came of a message, or that a file of it is damaged or gone: the others go on without it. */
export const orBroken = async <T>(attempt: () => Promise<T>): Promise<T | 'broken'> => {
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof DamagedFile) return 'broken';
    throw error;
  }
};
