/** With a capital at the beginning, for what was no sentence of its own. */
export const capital = (text: string): string =>
  `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
