import { assert } from '../../../shared/basics/problem.ts';

/** Athena's history shows a query by its text alone, so the text begins with its name. */
export const titledQuery = (name: string, sql: string): string => {
  assert(/^[a-z0-9_-]+$/.test(name), `"${name}" is not the name of a query`);
  return `/* holdfast ${name} */ ${sql}`;
};
