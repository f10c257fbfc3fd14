import type { Warehouse } from '../ports/warehouse.ts';
import type { SourceState } from '../sources/finding.ts';

/** More domains than these are a column that holds something else. */
const MOST_DOMAINS = 20;

/** One address of each domain that owners of accounts have, the most accounts first; none without accounts. */
export const ownerDomains = async (
  warehouse: Pick<Warehouse, 'read'>,
  states: readonly SourceState[],
): Promise<string[]> => {
  const accounts = states.find(({ id }) => id === 'accounts');
  if (accounts === undefined || accounts.sql === null) return [];
  if (!accounts.mappedColumns.has('owner_email')) return [];
  const domain = `lower(substr(owner_email, strpos(owner_email, '@') + 1))`;
  const { rows } = await warehouse.read({
    name: 'owner-domains',
    sql: `SELECT min(owner_email) AS owner_email, count(*) AS accounts
FROM (${accounts.sql}) AS accounts
WHERE owner_email IS NOT NULL
GROUP BY ${domain}
ORDER BY accounts DESC, owner_email
LIMIT ${MOST_DOMAINS}`,
  });
  return rows.map((row) => String(row.owner_email));
};
