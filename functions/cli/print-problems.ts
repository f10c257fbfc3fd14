import type { HoldfastError, Problem } from '../../shared/basics/problem.ts';
import { plainText } from '../../shared/basics/text.ts';

const HEADINGS: Readonly<Record<HoldfastError['kind'], string>> = {
  usage: 'That cannot be run as asked',
  config: 'The configuration needs mending',
  data: 'The data cannot be used; nothing was written',
  query: 'The warehouse refused a query',
  warehouse: 'The warehouse cannot be reached',
  results: 'The results cannot be kept',
};

/** Tells a person what is wrong on stderr, each problem in four short lines. */
export const printProblems = (error: HoldfastError): void => {
  console.error(`\n${HEADINGS[error.kind]}:`);
  for (const problem of error.problems) console.error(problemLines(problem));
};

const problemLines = ({ where, found, expected, fix }: Problem): string =>
  [
    `\n  ${line(where)}`,
    `    found     ${line(found)}`,
    `    expected  ${line(expected)}`,
    `    do        ${line(fix)}`,
  ].join('\n');

const line = (text: string): string => plainText(text, 600);
