/** The address that a column holds; null where it holds nothing but blanks. */
export const addressIn = (column: string | null): string | null => column?.trim() || null;
