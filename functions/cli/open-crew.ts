import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Crew } from '../../shared/ports/crew.ts';
import { threadCrew } from '../adapters/local/thread-crew.ts';

/** More would wait for whoever reads the accounts and writes the tables. */
const MOST_HANDS = 4;

/**
 * A thread for each processor. None where there is one processor only, or where our sources run file by
 * file, as they do in tests: a thread takes its program in one piece, which stands beside the command.
 */
export const openCrew = (out: string): { readonly crew?: Crew } => {
  const hand = new URL('./crew-hand.mjs', import.meta.url);
  const hands = Math.min(MOST_HANDS, availableParallelism());
  return hands > 1 && existsSync(hand) ? { crew: threadCrew({ hand, hands, out }) } : {};
};
