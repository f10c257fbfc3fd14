import type { ObjectStore } from '../ports/object-store.ts';
import { healthMovements } from '../publish/tables.ts';
import type { MovedAccount } from '../reports/csm/csm-week.ts';
import type { PastDay } from './past-days.ts';
import { publishedWalk } from './published-walk.ts';

/** Fewer points are no news, unless the band changed; the trend of health has the same border. */
const NOTABLE_POINTS = 5;

/** How an account came where it stands. */
export type Movement = Pick<MovedAccount, 'fromBand' | 'change' | 'parts'>;

/** Accounts that came to another band or moved far since about 28 days before, by their id. */
export const movedSince = async (
  store: ObjectStore,
  day: PastDay | null,
): Promise<ReadonlyMap<string, Movement>> => {
  const moved = new Map<string, Movement>();
  for await (const row of publishedWalk(store, day, healthMovements, COLUMNS)) {
    if (row.since !== '28_days' || row.change === null) continue;
    const isNews = row.from_band !== row.to_band || Math.abs(row.change) >= NOTABLE_POINTS;
    if (!isNews || row.change === 0) continue;
    const { input, weight, configuration, coverage } = row;
    const parts = {
      ...{ input: input ?? 0, weight: weight ?? 0 },
      ...{ configuration: configuration ?? 0, coverage: coverage ?? 0 },
    };
    moved.set(row.account_id, { fromBand: row.from_band, change: row.change, parts });
  }
  return moved;
};

const COLUMNS = [
  ...(['account_id', 'since', 'from_band', 'to_band', 'change'] as const),
  ...(['input', 'weight', 'configuration', 'coverage'] as const),
] as const;
