import type { Logger } from '@aws-lambda-powertools/logger';
import { describeProblem, HoldfastError } from '../shared/basics/problem.ts';

/**
 * Logs each problem, and gives the error that Lambda may log and queue: engines quote the data they
 * fail on, so addresses are masked, and stack and cause stay behind.
 */
export function told(error: unknown, logger: Logger): Error {
  const problems =
    error instanceof HoldfastError
      ? error.problems.map((problem) => masked(describeProblem(problem)))
      : [masked(error instanceof Error ? `${error.name}: ${error.message}` : String(error))];
  for (const problem of problems) logger.error(problem);
  const kind = error instanceof HoldfastError ? error.kind : 'unexpected';
  logger.error('Run failed', { kind, stack: error instanceof Error ? masked(frames(error)) : '' });
  return new Error(problems.join('\n'));
}

const masked = (text: string): string =>
  text.replace(/[^\s"'`<>(),;:=]+@[^\s"'`<>(),;:=]+/g, '(address)');

const frames = ({ stack = '' }: Error): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
