import { roundTo } from '../basics/ratio.ts';
import type { DimensionId, Knot, MeasureId } from '../config/default-model.ts';
import type { Model } from '../config/model.ts';
import type { AccountRow } from '../features/account-row.ts';
import type { Answerable } from './answerable.ts';
import { type Band, bandOf, ceilingOf } from './band.ts';
import { pointsOnCurve } from './curve.ts';
import type { Cap } from './gate.ts';
import { gates } from './gates/index.ts';
import { measures } from './measures/index.ts';
import { contributions, type JudgedLine, type ReceiptLine } from './receipt.ts';

/** The health of one account on one day. */
export interface Health {
  /** 0 to 100 with one decimal; null when unscored. */
  readonly score: number | null;
  readonly band: Band;
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

/** Scores accounts under one model; prepares once what does not change from account to account. */
export const scorerFor = (
  model: Model,
  answerable: Answerable,
): ((account: AccountRow) => Health) => {
  const asked = plannedMeasures(model, answerable);
  const whole = asked.reduce((sum, { weight }) => sum + weight, 0);
  const askedGates = gates.filter((gate) => answerable(gate.needs) === null);
  const gatesUnknown = unknownGates(answerable);

  return (account) => {
    const judged = asked.map((measure) => judge(measure, account));
    const known = judged.reduce((sum, line) => sum + (line.points === null ? 0 : line.weight), 0);
    const coverage = roundTo(known / whole, 4);
    if (account.arrCents === 0 && account.liveLines === 0)
      return unscored('no live contract', coverage, judged);
    if (known === 0 || coverage < model.minimum_coverage)
      return unscored(thin(coverage, model, judged), coverage, judged);

    const { mean, lines } = contributions(judged);
    const cap = lowestCap(askedGates.map((gate) => gate.judge(account, model.gates)));
    const score = cap === null ? mean : Math.min(mean, ceilingOf(cap.cap, model.bands));
    return {
      score,
      band: bandOf(score, model.bands),
      coverage,
      gateEffect: roundTo(score - mean, 1),
      gateReason: score < mean ? (cap?.reason ?? null) : null,
      gatesUnknown,
      reason: null,
      topDriver: topDriver(lines, known),
      lines,
    };
  };
};

/** A gate without its source would open in silence; so it is named on every account. */
function unknownGates(answerable: Answerable): string | null {
  const unknown = gates.flatMap((gate) => {
    const reason = answerable(gate.needs);
    return reason === null ? [] : [`${gate.id}: ${reason}`];
  });
  return unknown.length === 0 ? null : unknown.join('; ');
}

interface PlannedMeasure {
  readonly id: MeasureId;
  readonly dimension: DimensionId;
  readonly weight: number;
  readonly curve: readonly Knot[];
  /** Why it cannot be asked of any account today. */
  readonly unanswerable: string | null;
}

function plannedMeasures(model: Model, answerable: Answerable): PlannedMeasure[] {
  return Object.entries(model.dimensions).flatMap(([dimension, { measures: weighed }]) =>
    Object.entries(weighed)
      .filter(([, { weight }]) => weight > 0)
      .map(([id, { weight, curve }]) => ({
        id: id as MeasureId,
        dimension: dimension as DimensionId,
        weight,
        curve,
        unanswerable: answerable(measures[id as MeasureId].needs),
      })),
  );
}

function judge(planned: PlannedMeasure, account: AccountRow): JudgedLine {
  const { id, dimension, weight, curve, unanswerable } = planned;
  const line = { measure: id, dimension, weight };
  const verdict = unanswerable === null ? measures[id].judge(account) : null;
  if (verdict?.status === 'observed') {
    const rawValue = roundTo(verdict.value, 4);
    const points = pointsOnCurve(curve, rawValue);
    return {
      ...line,
      status: 'scored',
      rawValue,
      points,
      evidence: verdict.evidence,
      reason: null,
    };
  }
  const reason = verdict?.reason ?? unanswerable;
  return { ...line, status: 'unknown', rawValue: null, points: null, evidence: null, reason };
}

function lowestCap(caps: readonly (Cap | null)[]): Cap | null {
  const closed = caps.filter((cap) => cap !== null);
  return closed.find(({ cap }) => cap === 'red') ?? closed[0] ?? null;
}

/** Ties go to the measure that comes first in the model. */
function topDriver(lines: readonly ReceiptLine[], knownWeight: number): Health['topDriver'] {
  let top: Health['topDriver'] = null;
  for (const { measure, points, weight } of lines) {
    if (points === null) continue;
    const lost = roundTo((weight * (100 - points)) / knownWeight, 1);
    if (lost > (top?.lost ?? 0)) top = { measure, lost };
  }
  return top;
}

function thin(coverage: number, model: Model, lines: readonly JudgedLine[]): string {
  const reasons = [...new Set(lines.flatMap(({ reason }) => reason ?? []))];
  const rest = reasons.length > 3 ? ` and ${reasons.length - 3} more reasons` : '';
  return `coverage ${percent(coverage)} is below ${percent(model.minimum_coverage)}: ${reasons.slice(0, 3).join('; ')}${rest}`;
}

// Never rounded up: what is below a limit must not read as the limit.
const percent = (ratio: number): string => `${Math.floor(ratio * 1000) / 10} %`;

function unscored(reason: string, coverage: number, judged: readonly JudgedLine[]): Health {
  return {
    score: null,
    band: 'unscored',
    coverage,
    gateEffect: 0,
    gateReason: null,
    gatesUnknown: null,
    reason,
    topDriver: null,
    lines: judged.map((line) => ({ ...line, contribution: null })),
  };
}
