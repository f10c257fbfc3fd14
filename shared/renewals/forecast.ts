import { type Day, dayFromEpoch } from '../basics/day.ts';
import type { Cents } from '../basics/money.ts';
import type { Horizon } from '../config/renewals.ts';
import type { Config } from '../config/schema.ts';
import type { Band } from '../health/band.ts';
import type { Standing } from './clock.ts';
import { horizonOf } from './horizon.ts';
import type { Opportunity } from './opportunity.ts';
import type { Rates } from './renewal-rates.ts';

export type Category = 'won' | 'commit' | 'best_case' | 'at_risk' | 'lost';

/** What a renewal is expected to bring, and why. */
export interface Forecast {
  readonly category: Category;
  /** Share of the due ARR that is expected to stay. */
  readonly probability: number;
  readonly expected: Cents;
  /** What a decided renewal brings beyond what was due. */
  readonly upsell: Cents;
  readonly basis: 'decided' | 'observed' | 'starting_table';
  readonly n: number;
  readonly because: string;
  readonly horizon: Horizon;
  /** Id of a stage of the config; won, lost, not_opened, or unmapped. */
  readonly stage: string;
  readonly csmProbability: number | null;
  readonly csmCategory: string | null;
  readonly disagreement: string | null;
}

export interface ForecastSubject {
  readonly standing: Standing;
  readonly segment: string;
  readonly band: Band;
  readonly due: Cents;
  /** ARR of what renewed it, where something did. */
  readonly renewed: Cents | null;
  readonly opportunity: Opportunity | null;
}

type Policy = Config['renewals'];

/** What stays of a renewal that is decided: never more than was due. */
export const keptOf = (due: Cents, renewed: Cents | null): Cents => Math.min(due, renewed ?? 0);

/**
 * The forecast of one renewal: what is decided is what it is, and of the rest the rate of the past
 * decides. What its owner says stands beside it and is never mixed in.
 */
export const forecasterFor = (policy: Policy, rates: Rates, asOf: number) => {
  const stageOf = stagesFrom(policy);
  return ({ standing, segment, band, due, renewed, opportunity }: ForecastSubject): Forecast => {
    const horizon = horizonOf(standing.decision - asOf, standing.state === 'late');
    const stage = stageOf(standing, opportunity);
    const said = {
      csmProbability: opportunity?.outcome === null ? opportunity.probability : null,
      csmCategory: opportunity?.outcome === null ? opportunity.category : null,
    };
    const decided = decidedBy(standing, opportunity);
    if (decided !== null) {
      const { category, because } = decided;
      const kept = category === 'won' ? keptOf(due, renewed) : category === 'lost' ? 0 : due;
      const upsell = category === 'won' ? Math.max(0, (renewed ?? 0) - due) : 0;
      const probability = category === 'won' ? shareKept(kept, due) : category === 'lost' ? 0 : 1;
      const figures = { category, probability, expected: kept, upsell, because };
      return { ...figures, basis: 'decided', n: 0, horizon, stage, ...said, disagreement: null };
    }
    const { probability, basis, n, because } = rates.rate(band, segment, horizon);
    const category = categoryOf(probability, policy.forecast);
    const expected = Math.round(due * probability);
    const figures = { category, probability, expected, upsell: 0, basis, n, because };
    const model = { category, probability, basis };
    const disagreement = disagreementOf(said, model, policy.forecast);
    return { ...figures, horizon, stage, ...said, disagreement };
  };
};

export const categoryOf = (
  probability: number,
  { commit_at, best_case_at }: Pick<Policy['forecast'], 'commit_at' | 'best_case_at'>,
): Category =>
  probability >= commit_at ? 'commit' : probability >= best_case_at ? 'best_case' : 'at_risk';

const shareKept = (kept: Cents, due: Cents): number => (due === 0 ? 1 : kept / due);

interface Decided {
  readonly category: Category;
  readonly because: string;
}

function decidedBy({ state, says }: Standing, opportunity: Opportunity | null): Decided | null {
  if (state === 'renewed') return { category: 'won', because: says };
  if (state === 'cancelled' || state === 'lapsed') return { category: 'lost', because: says };
  if (opportunity === null || opportunity.outcome === null) return null;
  const on = opportunity.closeOn === null ? '' : ` on ${dayFromEpoch(opportunity.closeOn) as Day}`;
  return opportunity.outcome === 'won'
    ? { category: 'commit', because: `its opportunity was won${on}; the contract is to follow` }
    : { category: 'lost', because: `its opportunity was lost${on}` };
}

function stagesFrom({ stages }: Policy) {
  const known = new Map(
    stages.flatMap(({ id, values }) => values.map((value) => [value.toLowerCase(), id])),
  );
  return ({ state }: Standing, opportunity: Opportunity | null): string => {
    if (state === 'renewed') return 'won';
    if (state === 'cancelled' || state === 'lapsed') return 'lost';
    if (opportunity === null) return 'not_opened';
    if (opportunity.outcome !== null) return opportunity.outcome;
    return known.get(opportunity.stage.trim().toLowerCase()) ?? 'unmapped';
  };
}

function disagreementOf(
  { csmProbability, csmCategory }: Pick<Forecast, 'csmProbability' | 'csmCategory'>,
  model: Pick<Forecast, 'category' | 'probability' | 'basis'>,
  policy: Policy['forecast'],
): string | null {
  const apart =
    csmProbability !== null &&
    Math.abs(csmProbability - model.probability) >= policy.disagreement_at;
  const opposite =
    (csmCategory === 'commit' && model.category === 'at_risk') ||
    ((csmCategory === 'at_risk' || csmCategory === 'lost') && model.category === 'commit');
  if (!apart && !opposite) return null;
  const says = [
    ...(csmProbability === null ? [] : [percent(csmProbability)]),
    ...(csmCategory === null ? [] : [csmCategory.replaceAll('_', ' ')]),
  ].join(', ');
  const found = `${percent(model.probability)}, ${model.category.replaceAll('_', ' ')}`;
  const who = model.basis === 'observed' ? 'the rates of the past say' : 'the starting table says';
  return `its owner says ${says}; ${who} ${found}`;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
