import { dayFromEpoch } from '../basics/day.ts';
import { type Cents, formatMoney } from '../basics/money.ts';
import { plainText, plural } from '../basics/text.ts';
import type { Config } from '../config/schema.ts';
import type { Standing } from './clock.ts';
import type { Opportunity } from './opportunity.ts';

export type FindingId =
  | 'no_opportunity'
  | 'no_next_step'
  | 'stage_too_old'
  | 'close_date_past'
  | 'amount_differs'
  | 'probability_against_stage'
  | 'unknown_stage'
  | 'lost_without_notice'
  | 'won_without_contract';

/** What is wrong with the record of a renewal, said so that it can be mended. */
export interface HygieneFinding {
  readonly finding: FindingId;
  readonly says: string;
}

export interface Record {
  readonly standing: Standing;
  readonly clock: number;
  readonly autoRenew: boolean | null;
  readonly due: Cents;
  readonly opportunity: Opportunity | null;
  /** Its amount in cents of the reporting currency; null where it has none or no rate. */
  readonly amount: Cents | null;
  /** Stage of the config, and the day since which it is in it. */
  readonly stage: string;
  readonly stageSince: number | null;
  /** The account has an open opportunity that names no contract, and may be meant for this one too. */
  readonly isToldElsewhere: boolean;
}

interface Desk {
  readonly policy: Config['renewals'];
  readonly asOf: number;
  readonly currency: string;
  /** False where the warehouse has no opportunities at all: then none can be missed. */
  readonly hasOpportunities: boolean;
  /** False where no next step is mapped. */
  readonly hasNextStep: boolean;
}

/** Looks at the record of one renewal that is open, or late. */
export const hygieneFor = ({ policy, asOf, currency, ...has }: Desk) => {
  const stages = new Map(policy.stages.map((stage) => [stage.id, stage]));

  return (record: Record): HygieneFinding[] => {
    const { standing, opportunity } = record;
    if (!has.hasOpportunities || (standing.state !== 'open' && standing.state !== 'late'))
      return [];
    if (opportunity === null) return missing(record);
    if (opportunity.outcome !== null) return closed(record, opportunity);
    return [
      ...(has.hasNextStep && (opportunity.nextStep ?? '').trim() === ''
        ? [{ finding: 'no_next_step' as const, says: 'no next step is written down' }]
        : []),
      ...dated(opportunity),
      ...valued(record),
      ...staged(record, opportunity),
    ];
  };

  function missing({ clock, autoRenew, isToldElsewhere }: Record): HygieneFinding[] {
    const days = clock - asOf;
    // What renews by itself needs nobody to sell it again.
    if (autoRenew === true || isToldElsewhere || days > policy.hygiene.opportunity_days) return [];
    const left = days < 0 ? 'the day has passed' : `${plural(days, 'day')} are left`;
    const says = `no opportunity, and ${left}; one is expected ${policy.hygiene.opportunity_days} days before`;
    return [{ finding: 'no_opportunity', says }];
  }

  function dated({ closeOn }: Opportunity): HygieneFinding[] {
    if (closeOn === null || closeOn >= asOf) return [];
    const says = `open, with a close date of ${dayFromEpoch(closeOn)}, ${plural(asOf - closeOn, 'day')} ago`;
    return [{ finding: 'close_date_past', says }];
  }

  function valued({ amount, due }: Record): HygieneFinding[] {
    if (amount === null || Math.abs(amount - due) <= due * policy.hygiene.amount_tolerance)
      return [];
    const [said, is] = [formatMoney(amount, currency), formatMoney(due, currency)];
    return [{ finding: 'amount_differs', says: `amount ${said}, and ${is} is up for renewal` }];
  }

  function staged({ stage, stageSince }: Record, opportunity: Opportunity): HygieneFinding[] {
    const known = stages.get(stage);
    if (known === undefined) {
      const says = `stage “${plainText(opportunity.stage, 40)}” is none of renewals.stages`;
      return [{ finding: 'unknown_stage', says }];
    }
    const found: HygieneFinding[] = [];
    const inIt = stageSince === null ? 0 : asOf - stageSince;
    if (inIt > known.most_days) {
      const says = `in ${stage} for ${plural(inIt, 'day')}; ${known.most_days} at most`;
      found.push({ finding: 'stage_too_old', says });
    }
    const [least, most] = known.probability;
    const { probability } = opportunity;
    if (probability !== null && (probability < least || probability > most)) {
      const says = `${percent(probability)} in ${stage}, which stands for ${percent(least)} to ${percent(most)}`;
      found.push({ finding: 'probability_against_stage', says });
    }
    return found;
  }

  function closed(
    { autoRenew, standing }: Record,
    { outcome, closeOn }: Opportunity,
  ): HygieneFinding[] {
    const on = closeOn === null ? '' : ` on ${dayFromEpoch(closeOn)}`;
    if (outcome === 'won') {
      const says = `won${on}, and no contract line renews it yet`;
      return [{ finding: 'won_without_contract', says }];
    }
    if (autoRenew !== true || standing.state !== 'open') return [];
    const says = `lost${on}, but it renews by itself and no notice is recorded`;
    return [{ finding: 'lost_without_notice', says }];
  }
};

const percent = (share: number): string => `${Math.round(share * 100)} %`;
