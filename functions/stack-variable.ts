import { HoldfastError } from '../shared/basics/problem.ts';

/** A variable of the environment that the stack sets for its functions. */
export function stackVariable(name: string): string {
  const value = process.env[name];
  if (!value)
    throw unfit(`environment variable ${name}`, 'nothing', 'the value the stack gives it');
  return value;
}

/** The error where code and stack do not fit together. */
export function unfit(where: string, found: string, expected: string): HoldfastError {
  const fix = 'Deploy the stack again.';
  return new HoldfastError('config', [{ where, found, expected, fix }]);
}
