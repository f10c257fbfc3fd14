import { describe, expect, test } from 'vitest';
import { modelField, stages } from '../../../shared/config/model.ts';
import { resolveModels } from '../../../shared/health/resolved-model.ts';

const segments = ['enterprise', 'mid_market', 'smb'];
const modelsOf = (input: unknown) => resolveModels(modelField.parse(input), segments);
const weightIn = (models: ReturnType<typeof modelsOf>, place: [string, 'adopting' | 'renewing']) =>
  models(...place).find(({ id }) => id === 'nps')?.weight ?? 0;

describe('the model of a segment and stage', () => {
  test('every one of the defaults is out of 100', () => {
    const models = modelsOf({});
    for (const segment of segments) {
      for (const stage of stages) {
        const weights = models(segment, stage).map(({ weight }) => weight);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(100, 2);
        expect(Math.min(...weights)).toBeGreaterThan(0);
      }
    }
  });

  test('without variants all are the model itself', () => {
    const models = modelsOf({ variants: [] });
    expect(models('smb', 'onboarding')).toEqual(models('enterprise', 'renewing'));
  });

  test('a variant holds where it is for, and a later one wins', () => {
    const models = modelsOf({
      variants: [
        { stages: ['renewing'], weights: { nps: 50 } },
        { segments: ['smb'], stages: ['renewing'], weights: { nps: 0 } },
      ],
    });
    expect(weightIn(models, ['enterprise', 'renewing'])).toBeGreaterThan(30);
    expect(weightIn(models, ['enterprise', 'adopting'])).toBeLessThan(10);
    expect(weightIn(models, ['smb', 'renewing'])).toBe(0);
  });

  test('a curve of a variant takes the place of the model’s', () => {
    const curve = [
      [0, 0],
      [10, 100],
    ];
    const models = modelsOf({ variants: [{ segments: ['smb'], curves: { nps: curve } }] });
    const curveOf = (segment: string) =>
      models(segment, 'adopting').find(({ id }) => id === 'nps')?.curve;
    expect(curveOf('smb')).toEqual(curve);
    expect(curveOf('enterprise')).not.toEqual(curve);
  });
});
