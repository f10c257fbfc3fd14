import type { z } from 'zod';
import { HoldfastError } from '../basics/problem.ts';

/** One file of ours is not as we write it, or is gone; whoever reads many can go on without it. */
export class DamagedFile extends HoldfastError {}

/** Reads a file of ours back; what is not as we write it is told, with its place, and not guessed at. */
export const decodeJson = <Schema extends z.ZodType>(
  schema: Schema,
  bytes: Uint8Array,
  where: string,
  fix = 'Restore an earlier version of the object, or remove it and run the job again.',
): z.output<Schema> => {
  try {
    return schema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    const found = cause instanceof SyntaxError ? 'text that is not JSON' : 'JSON of another shape';
    const expected = 'the file as this version of Holdfast writes it';
    throw new DamagedFile('results', [{ where, found, expected, fix }], { cause });
  }
};
