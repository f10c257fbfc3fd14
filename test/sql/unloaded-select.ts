import { bucketedUnload } from '../../functions/adapters/aws/bucketed-unload.ts';
import { assert } from '../../shared/basics/problem.ts';
import type { StreamQuery } from '../../shared/ports/warehouse.ts';

const nowhere = { scratchAddress: 's3://lake', catalog: 'c', database: 'd', workgroup: 'w' };

/** The SELECT inside the UNLOAD that Athena is sent, which alone is Trino's grammar. */
export const unloadedSelect = (query: StreamQuery): string => {
  const { sql } = bucketedUnload(query, nowhere)(1);
  const select = /^UNLOAD \((.*)\) TO 's3:/s.exec(sql)?.[1];
  assert(select !== undefined, 'an unload wraps a SELECT');
  return select.trim();
};
