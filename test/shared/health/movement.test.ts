import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roundTo } from '../../../shared/basics/ratio.ts';
import type { Knot, MeasureId } from '../../../shared/config/default-model.ts';
import { dimensionOfMeasure, measureIds } from '../../../shared/config/model.ts';
import { pointsOnCurve } from '../../../shared/health/curve.ts';
import { movementOf, type PastHealth } from '../../../shared/health/movement.ts';
import { type ReceiptLine, shareOut } from '../../../shared/health/receipt.ts';
import type { WeighedMeasure } from '../../../shared/health/resolved-model.ts';
import type { Health } from '../../../shared/health/score.ts';

/** A measure as a test says it: its value (null: unknown), its weight, and what its curve ends at. */
interface Answer {
  readonly value: number | null;
  readonly weight: number;
  readonly best?: number;
}

type Answers = Readonly<Partial<Record<MeasureId, Answer>>>;

const curveTo = (best: number): Knot[] => [
  [0, 0],
  [100, best],
];

const modelOf = (answers: Answers): WeighedMeasure[] =>
  measureIds.flatMap((id) => {
    const answer = answers[id];
    if (answer === undefined) return [];
    const { weight, best = 100 } = answer;
    const dimension = dimensionOfMeasure.get(id) ?? 'usage';
    return [{ id, dimension, weight, curve: curveTo(best) }];
  });

const healthOf = (answers: Answers, gateEffect = 0): Health => {
  const lines = modelOf(answers).map(({ id, dimension, weight, curve }): ReceiptLine => {
    const rawValue = answers[id]?.value ?? null;
    const points = rawValue === null ? null : pointsOnCurve(curve, rawValue);
    const status = points === null ? 'unknown' : 'scored';
    const rest = { contribution: null, evidence: null, reason: null };
    return { measure: id, dimension, status, rawValue, points, weight, ...rest };
  });
  const known = lines.some(({ points }) => points !== null);
  const score = known ? roundTo(shareOut(lines) + gateEffect, 1) : null;
  return { score, band: 'green', scoredBand: 'green', gateEffect, lines } as unknown as Health;
};

const pastOf = (health: Health): PastHealth => ({
  score: health.score,
  band: health.band,
  scoredBand: health.scoredBand,
  segment: 'enterprise',
  stage: 'adopting',
  lineOf: (id) => health.lines.find(({ measure }) => measure === id),
});

/** As if the config had changed between the days, and the account stayed where it was. */
const move = (from: Answers, to: Answers, gates: [number, number] = [0, 0]) => {
  const model = modelOf(to);
  const models = { before: model, now: model };
  return movementOf(pastOf(healthOf(from, gates[0])), healthOf(to, gates[1]), models);
};

/** As if the config had stayed, and the account came into another model of it. */
const moveInto = (from: Answers, to: Answers) =>
  movementOf(pastOf(healthOf(from)), healthOf(to), { before: modelOf(from), now: modelOf(to) });

const still: Answers = { nps: { value: 50, weight: 50 }, csat: { value: 100, weight: 50 } };
const nothing = { change: 0, input: 0, weight: 0, configuration: 0, coverage: 0 };

describe('why it moved', () => {
  test('nothing changed, nothing moved', () => expect(move(still, still)).toEqual(nothing));

  test('the account itself: input', () => {
    const to = { ...still, nps: { value: 30, weight: 50 } };
    expect(move(still, to)).toEqual({ ...nothing, change: -10, input: -10 });
  });

  test('a gate that closes is input', () => {
    expect(move(still, still, [0, -5.1])).toEqual({ ...nothing, change: -5.1, input: -5.1 });
  });

  test('the same answers in another model: weight', () => {
    const to = { nps: { value: 50, weight: 75 }, csat: { value: 100, weight: 25 } };
    expect(move(still, to)).toEqual({ ...nothing, change: -12.5, weight: -12.5 });
  });

  test('the same values worth other points: configuration', () => {
    const to = { ...still, nps: { value: 50, weight: 50, best: 60 } };
    expect(move(still, to)).toEqual({ ...nothing, change: -10, configuration: -10 });
  });

  test('another stage with curves of its own: weight, though no value is worth what it was', () => {
    const to = { ...still, nps: { value: 50, weight: 50, best: 60 } };
    expect(moveInto(still, to)).toEqual({ ...nothing, change: -10, weight: -10 });
  });

  test('an answer that goes lifts the score as coverage, and not unnoticed', () => {
    const to = { ...still, nps: { value: null, weight: 50 } };
    expect(move(still, to)).toEqual({ ...nothing, change: 25, coverage: 25 });
  });

  test('an answer that comes, and another that changes', () => {
    const from = { ...still, nps: { value: null, weight: 50 } };
    const to = { nps: { value: 20, weight: 50 }, csat: { value: 80, weight: 50 } };
    expect(move(from, to)).toEqual({ ...nothing, change: -50, input: -10, coverage: -40 });
  });

  test('no score on one of the days, no movement', () => {
    const unknown = { nps: { value: null, weight: 50 } };
    expect(move(unknown, still)).toBeNull();
    expect(move(still, unknown)).toBeNull();
  });
});

const anyAnswer = fc.record({
  value: fc.option(fc.integer({ min: 0, max: 100 }), { freq: 4 }),
  weight: fc.integer({ min: 1, max: 30 }),
  best: fc.integer({ min: 0, max: 100 }),
});
const anyAnswers = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...measureIds), anyAnswer), {
    selector: ([id]) => id,
    minLength: 1,
  })
  .map((entries) => Object.fromEntries(entries) as Answers);

test('the four parts sum to the change exactly, whatever happened', () => {
  const gate = fc.integer({ min: -300, max: 0 }).map((tenths) => tenths / 10);
  fc.assert(
    fc.property(anyAnswers, anyAnswers, gate, gate, (from, to, before, after) => {
      const moved = move(from, to, [before, after]);
      if (moved === null) return;
      const { change, input, weight, configuration, coverage } = moved;
      const tenths = [input, weight, configuration, coverage].map((part) => Math.round(part * 10));
      expect(tenths.reduce((sum, part) => sum + part, 0)).toBe(Math.round(change * 10));
      const scores = [healthOf(from, before).score ?? 0, healthOf(to, after).score ?? 0] as const;
      expect(change).toBeCloseTo(scores[1] - scores[0], 6);
    }),
  );
});

test('an account that did not change moves by no input, whatever the model', () => {
  fc.assert(
    fc.property(anyAnswers, fc.integer({ min: 1, max: 30 }), (from, by) => {
      const weighed = Object.entries(from).map(([id, answer], place) => {
        return [id, { ...answer, weight: answer.weight + ((place * by) % 29) }];
      });
      const moved = move(from, Object.fromEntries(weighed) as Answers);
      if (moved !== null) expect(moved).toMatchObject({ input: 0, coverage: 0 });
    }),
  );
});

test('when only values change, all of it is input', () => {
  const values = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 2 });
  fc.assert(
    fc.property(values, ([nps = 0, csat = 0]) => {
      const moved = move(still, {
        nps: { value: nps, weight: 50 },
        csat: { value: csat, weight: 50 },
      });
      expect(moved).toMatchObject({ weight: 0, configuration: 0, coverage: 0 });
    }),
  );
});
