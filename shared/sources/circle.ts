/** Circles of more rows than this are not looked for. */
export const CIRCLE_STEPS = 5;

interface Link {
  /** The key of a row, unique. */
  readonly id: string;
  /** The column that names the key of another row. */
  readonly next: string;
}

/**
 * SQL for the ids of rows that lead back to themselves over at least one other row. Step by step,
 * because Trino and DuckDB differ in recursion, and each step is a join by a unique key.
 */
export const circleOf = (rows: string, { id, next }: Link): string => {
  const links = `(SELECT ${id}, ${next} FROM ${rows} row_of WHERE ${next} <> ${id})`;
  const steps = Array.from({ length: CIRCLE_STEPS - 1 }, (_, index) => index + 1);
  // Most rows that are led to lead nowhere: the first join leaves few.
  const joins = steps.map(
    (step) => `${step === 1 ? 'JOIN' : 'LEFT JOIN'} ${links} step_${step}
      ON step_${step}.${id} = step_${step - 1}.${next}`,
  );
  return `SELECT step_0.${id} FROM ${links} step_0
    ${joins.join('\n    ')}
    WHERE step_0.${id} IN (${steps.map((step) => `step_${step}.${next}`).join(', ')})`;
};
