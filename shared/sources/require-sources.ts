import { HoldfastError, type Problem } from '../basics/problem.ts';
import type { Finding, SourceState } from './finding.ts';
import { sourceOf } from './index.ts';

/** Throws when a required source is broken or absent, with everything that is wrong with it. */
export const requireSources = (states: readonly SourceState[]): void => {
  const missing = states.filter(
    ({ id, status }) => sourceOf(id).required && (status === 'broken' || status === 'absent'),
  );
  if (missing.length === 0) return;
  throw new HoldfastError(
    'data',
    missing.flatMap(({ id, reason, findings }) =>
      findings.length === 0
        ? [
            {
              where: `source ${id}`,
              found: reason,
              expected: 'a source',
              fix: `Add sources.${id}.`,
            },
          ]
        : findings.filter(({ severity }) => severity === 'broken').map(problemOf),
    ),
  );
};

/** A finding in the words of an error. */
export const problemOf = (finding: Finding): Problem => ({
  where: `source ${finding.source}${finding.column ? `, column ${finding.column}` : ''}`,
  found:
    finding.examples.length === 0
      ? finding.found
      : `${finding.found}, such as ${finding.examples.join('; ')}`,
  expected: finding.expected,
  fix: finding.fix,
});
