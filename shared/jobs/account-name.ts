/** What people call an account: its name, or its id where it has none. */
export const accountName = (row: {
  readonly name: string | null;
  readonly account_id: string;
}): string => row.name?.trim() || row.account_id;
