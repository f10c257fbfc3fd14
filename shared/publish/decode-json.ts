import type { z } from 'zod';
import { HoldfastError } from '../basics/problem.ts';

/** Reads a file of ours back; what is not as we write it is told, with its place, and not guessed at. */
export const decodeJson = <Schema extends z.ZodType>(
  schema: Schema,
  bytes: Uint8Array,
  where: string,
): z.output<Schema> => {
  try {
    return schema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    const found = cause instanceof SyntaxError ? 'text that is not JSON' : 'JSON of another shape';
    const expected = 'the file as this version of Holdfast writes it';
    const fix = 'Restore an earlier version of the object, or remove it and run the job again.';
    throw new HoldfastError('results', [{ where, found, expected, fix }], { cause });
  }
};
