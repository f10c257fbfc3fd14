import { grouped } from '../../basics/text.ts';

/** Says of how many nothing is shown, and which table has them; null where all are shown. */
export const moreWords = (count: number, table: string): string | null =>
  count <= 0 ? null : `and ${grouped(count)} more, in the table ${table}`;
