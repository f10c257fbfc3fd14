import * as fs from 'node:fs/promises';
import { dirname } from 'node:path';
import { HoldfastError } from '../../../shared/basics/problem.ts';
import type { BusEvent, EventBus } from '../../../shared/ports/event-bus.ts';
import { tellingFailures } from './folder-failure.ts';
import { makeFolder } from './make-folder.ts';

const NEWLINE = 0x0a;

/** Bytes read at once: the events of years are more than memory has room for. */
const PIECE = 2 ** 20;

/**
 * Events as lines of a file, for a laptop to look at. An event whose id stands there already is not
 * written again, so that after a kill and a rerun each is there once; a line that a kill has torn is
 * taken off. Two processes that publish at the same moment may still write one event each.
 */
export const jsonlEventBus = (path: string): EventBus => {
  const seen = new Set<string>();
  let readTo = 0;

  /** Reads what has been added since the last look, by us or by others, and mends the end. */
  const catchUp = async (file: fs.FileHandle): Promise<void> => {
    const { size } = await file.stat();
    let length = PIECE;
    while (readTo < size) {
      const piece = new Uint8Array(Math.min(length, size - readTo));
      await file.read(piece, 0, piece.length, readTo);
      const whole = piece.lastIndexOf(NEWLINE) + 1;
      for (const line of new TextDecoder().decode(piece.subarray(0, whole)).split('\n')) {
        if (line !== '') seen.add(idOf(path, line));
      }
      readTo += whole;
      if (whole > 0) continue;
      // Nothing but the head of a line: torn where the file ends, or longer than a piece.
      if (readTo + piece.length === size) break;
      length *= 2;
    }
    if (readTo < size) await file.truncate(readTo);
  };

  return tellingFailures(dirname(path), {
    async publish(events: readonly BusEvent[]) {
      await makeFolder(dirname(path));
      const file = await fs.open(path, 'a+');
      try {
        await catchUp(file);
        const fresh = events.filter(({ metadata }) => !seen.has(metadata.id));
        const lines = fresh.map((event) => `${JSON.stringify(event)}\n`);
        await file.appendFile(lines.join(''));
        await catchUp(file);
      } finally {
        await file.close();
      }
    },
  });
};

function idOf(path: string, line: string): string {
  try {
    return (JSON.parse(line) as BusEvent).metadata.id;
  } catch (cause) {
    const found = `a line that is no event (${line.slice(0, 80)})`;
    const fix = 'Take the line out, or move the file away; a new one is begun.';
    const problem = { where: path, found, expected: 'events as Holdfast writes them', fix };
    throw new HoldfastError('results', [problem], { cause });
  }
}
