import { roundTo } from '../basics/ratio.ts';
import type { DimensionId, Knot, MeasureId } from '../config/default-model.ts';
import type { Model } from '../config/model.ts';
import type { AccountRow } from '../features/account-row.ts';
import type { Answerable } from './answerable.ts';
import { type Band, ceilingOf, steadyBandOf, worseOf } from './band.ts';
import { pointsOnCurve } from './curve.ts';
import { isCustomer } from './customer.ts';
import type { Cap, Gate, GateContext } from './gate.ts';
import { gates } from './gates/index.ts';
import type { Measure, MeasureContext } from './measure.ts';
import { measures } from './measures/index.ts';
import type { Placement } from './placement.ts';
import { type ReceiptLine, shareOut } from './receipt.ts';
import type { ResolvedModels, WeighedMeasure } from './resolved-model.ts';
import type { Since } from './tenure.ts';

/** The health of one account on one day. */
export interface Health {
  /** 0 to 100 with one decimal; null when unscored. */
  readonly score: number | null;
  /** What readers see: the band of the score, or the one that its owner has put in its place. */
  readonly band: Band;
  /** The band of the score, after hysteresis and gates, whatever an override says. */
  readonly scoredBand: Band;
  /** Share of weight that is known, 0 to 1. */
  readonly coverage: number;
  /** What a closed gate takes off: zero or negative; contributions + gateEffect = score. */
  readonly gateEffect: number;
  readonly gateReason: string | null;
  /** The gates that could not be asked, with the reason: a cap may be missing. */
  readonly gatesUnknown: string | null;
  /** Why there is no score. */
  readonly reason: string | null;
  /** The known measure that costs the account most, with its points lost. */
  readonly topDriver: { readonly measure: MeasureId; readonly lost: number } | null;
  readonly lines: readonly ReceiptLine[];
}

interface ScoringPolicy {
  readonly model: Model;
  readonly models: ResolvedModels;
  readonly answerable: Answerable;
  readonly since: Since;
}

/** Scores accounts; prepares once what does not change from account to account. */
export const scorerFor = ({ model, models, answerable, since }: ScoringPolicy) => {
  const plan = planner(models, answerable);
  const askedGates = gates.filter((gate) => answerable(gate.needs) === null);
  const gatesUnknown = unknownGates(model, answerable);

  return (account: AccountRow, placement: Placement, scoredBefore: Band | null): Health => {
    const { asked, whole } = plan(placement);
    const context = { touchDays: placement.segment.touch_days, since };
    const lines = new Array<ReceiptLine>(asked.length);
    let known = 0;
    for (let at = 0; at < asked.length; at += 1) {
      const line = judge(asked[at] as PlannedMeasure, account, context);
      if (line.points !== null) known += line.weight;
      lines[at] = line;
    }
    const coverage = roundTo(known / whole, 4);
    if (!isCustomer(account)) return unscored('no live contract', coverage, lines, account);
    if (known === 0 || coverage < model.minimum_coverage)
      return unscored(thin(coverage, model, lines), coverage, lines, account);

    const mean = shareOut(lines);
    const gateContext: GateContext = {
      policy: model.gates,
      pointsOf: (measure) => lines.find((line) => line.measure === measure)?.points ?? null,
      expectsOutcomes: placement.segment.expects_outcomes,
      stage: placement.stage,
    };
    const cap = lowestCap(askedGates, account, gateContext);
    const score = cap === null ? mean : Math.min(mean, ceilingOf(cap.cap, model.bands));
    const steady = steadyBandOf(score, scoredBefore, model);
    const scoredBand = cap === null ? steady : worseOf(steady, cap.cap);
    return {
      score,
      band: overriddenBand(account) ?? scoredBand,
      scoredBand,
      coverage,
      gateEffect: roundTo(score - mean, 1),
      // A cap may take the band alone, where hysteresis would have kept a better one.
      gateReason: score < mean || scoredBand !== steady ? (cap?.reason ?? null) : null,
      gatesUnknown,
      reason: null,
      topDriver: topDriver(lines, known),
      lines,
    };
  };
};

export type Scorer = ReturnType<typeof scorerFor>;

/** A gate without its source would open in silence; so it is named on every account. */
function unknownGates(model: Model, answerable: Answerable): string | null {
  const unknown = gates
    .filter(({ isOn }) => isOn(model.gates))
    .flatMap((gate) => {
      const reason = answerable(gate.needs);
      return reason === null ? [] : [`${gate.id}: ${reason}`];
    });
  return unknown.length === 0 ? null : unknown.join('; ');
}

interface PlannedMeasure extends WeighedMeasure {
  readonly verdictOn: Measure['judge'];
  /** Why it cannot be asked of any account today. */
  readonly unanswerable: string | null;
}

interface Plan {
  readonly asked: readonly PlannedMeasure[];
  readonly whole: number;
}

/** The questions of each model, with those that cannot be asked today; made once per model. */
function planner(models: ResolvedModels, answerable: Answerable): (placement: Placement) => Plan {
  const plans = new Map<readonly WeighedMeasure[], Plan>();
  return ({ segment, stage }) => {
    const model = models(segment.id, stage);
    const made = plans.get(model);
    if (made !== undefined) return made;
    const asked = model.map((measure) => ({
      ...measure,
      verdictOn: measures[measure.id].judge,
      unanswerable: answerable(measures[measure.id].needs),
    }));
    const plan = { asked, whole: asked.reduce((sum, { weight }) => sum + weight, 0) };
    plans.set(model, plan);
    return plan;
  };
}

function judge(planned: PlannedMeasure, account: AccountRow, context: MeasureContext): ReceiptLine {
  const { id, dimension, weight, curve, unanswerable, verdictOn } = planned;
  const verdict = unanswerable === null ? verdictOn(account, context) : null;
  if (verdict?.status === 'observed') {
    return scoredLine(id, dimension, weight, curve, verdict.value, verdict.evidence);
  }
  return {
    measure: id,
    dimension,
    status: 'unknown',
    rawValue: null,
    points: null,
    weight,
    contribution: null,
    evidence: null,
    reason: verdict?.reason ?? unanswerable,
  };
}

function scoredLine(
  measure: MeasureId,
  dimension: DimensionId,
  weight: number,
  curve: readonly Knot[],
  value: number,
  evidence: string,
): ReceiptLine {
  const rawValue = roundTo(value, 4);
  return {
    measure,
    dimension,
    status: 'scored',
    rawValue,
    points: pointsOnCurve(curve, rawValue),
    weight,
    contribution: null,
    evidence,
    reason: null,
  };
}

function lowestCap(asked: readonly Gate[], account: AccountRow, context: GateContext): Cap | null {
  let lowest: Cap | null = null;
  for (const gate of asked) {
    const cap = gate.judge(account, context);
    if (lowest === null || (lowest.cap !== 'red' && cap?.cap === 'red')) lowest = cap;
  }
  return lowest;
}

/** Only bands a score can have may stand in its place; the warehouse's contract says the same. */
function overriddenBand({ overrideBand }: AccountRow): Band | null {
  return overrideBand as Band | null;
}

/** Ties go to the measure that comes first in the model. */
function topDriver(lines: readonly ReceiptLine[], knownWeight: number): Health['topDriver'] {
  let measure: MeasureId | null = null;
  let most = 0;
  for (const line of lines) {
    if (line.points === null) continue;
    const lost = roundTo((line.weight * (100 - line.points)) / knownWeight, 1);
    if (lost > most) [measure, most] = [line.measure, lost];
  }
  return measure === null ? null : { measure, lost: most };
}

function thin(coverage: number, model: Model, lines: readonly ReceiptLine[]): string {
  const reasons = [...new Set(lines.flatMap(({ reason }) => reason ?? []))];
  const rest = reasons.length > 3 ? ` and ${reasons.length - 3} more reasons` : '';
  return `coverage ${percent(coverage)} is below ${percent(model.minimum_coverage)}: ${reasons.slice(0, 3).join('; ')}${rest}`;
}

// Never rounded up: what is below a limit must not read as the limit.
const percent = (ratio: number): string => `${Math.floor(ratio * 1000) / 10} %`;

function unscored(
  reason: string,
  coverage: number,
  lines: readonly ReceiptLine[],
  account: AccountRow,
): Health {
  return {
    score: null,
    band: isCustomer(account) ? (overriddenBand(account) ?? 'unscored') : 'unscored',
    scoredBand: 'unscored',
    coverage,
    gateEffect: 0,
    gateReason: null,
    gatesUnknown: null,
    reason,
    topDriver: null,
    lines,
  };
}
