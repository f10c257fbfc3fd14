import { featureQuery } from '../features/feature-query.ts';
import type { Crew } from '../ports/crew.ts';
import type { Run } from '../publish/run-key.ts';
import { ACCOUNTS_IN_RANGE, type AccountRange, accountRanges } from './account-ranges.ts';
import { inOrder } from './in-order.ts';
import type { JobPorts } from './job.ts';
import { currencyOn } from './quoted-rates.ts';
import { type RangeSetting, rangeScorer, SCORE_RANGES, type ScoredRange } from './score-range.ts';

type Ports = Pick<JobPorts, 'warehouse' | 'store' | 'crew'>;

/** Every account scored, range by range in their order: by the crew where there is one and it pays. */
export async function* scoredRanges(
  { config, asOf, states, days, run }: RangeSetting & { readonly run: Run },
  rowsExpected: number,
  { warehouse, store, crew }: Ports,
): AsyncGenerator<ScoredRange> {
  const currency = await currencyOn(warehouse, states, { asOf, currency: config.currency });
  const sql = featureQuery(states, { asOf, ...currency });
  const asked = { name: 'account-features', sql, orderBy: 'account_id', rowsExpected };
  const query = { ...asked, runKey: run.key };
  const setting = { config, asOf, states, days };
  if (crew !== undefined && rowsExpected > ACCOUNTS_IN_RANGE) {
    const batches = warehouse.streamPacked?.(query) ?? warehouse.stream(query);
    yield* scoredByCrew(accountRanges(batches), setting, crew);
  } else {
    const ranges = accountRanges(warehouse.stream(query));
    yield* inOrder(ranges, 1, await rangeScorer(setting, store));
  }
}

/** More in hand than there are processors, so that none of them waits for the next. */
const AHEAD = 1;

async function* scoredByCrew(
  ranges: AsyncIterable<AccountRange>,
  setting: RangeSetting,
  crew: Crew,
): AsyncGenerator<ScoredRange> {
  const hired = crew.hire(SCORE_RANGES, setting);
  try {
    const score = (range: AccountRange) => hired.do(range) as Promise<ScoredRange>;
    yield* inOrder(ranges, hired.hands + AHEAD, score);
  } finally {
    await hired.dismiss();
  }
}
