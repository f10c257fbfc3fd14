/** Rows as lines of text, columns of equal width, numbers to the right. */
export const aligned = (
  rows: readonly (readonly string[])[],
  right: readonly boolean[],
): string[] => {
  const widths = right.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return right[column] ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
};
