import { z } from 'zod';

/** How bad a flag is, the worst first. */
export const severities = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

/** A severity that the config may change. */
export const severityField = (severity: Severity, meaning: string) =>
  z.enum(severities).default(severity).describe(meaning);

/** A count of days, or of things; both are whole. */
export const days = (count: number, meaning: string, { least = 0, most = 3650 } = {}) =>
  z.number().int().min(least).max(most).default(count).describe(meaning);

/** A threshold that need not be whole. */
export const number = (value: number, meaning: string) =>
  z.number().min(0).default(value).describe(meaning);

interface Steps extends Partial<Record<Severity, number>> {
  readonly clears_at: number;
}

/** From which number on a flag has which severity, and at which an open one clears. */
export const ladder = (direction: 'rises' | 'falls', unit: string, steps: Steps) => {
  const step = (severity: Severity) =>
    z
      .number()
      .min(0)
      .nullable()
      .default(steps[severity] ?? null)
      .describe(
        `${unit} ${direction === 'rises' ? 'from' : 'down from'} which it is ${severity}; null: never.`,
      );
  return z
    .strictObject({
      low: step('low'),
      medium: step('medium'),
      high: step('high'),
      critical: step('critical'),
      clears_at: number(steps.clears_at, `${unit} at which an open flag clears.`),
    })
    .superRefine(({ clears_at, low, medium, high, critical }, context) => {
      const set = [low, medium, high, critical].filter((at) => at !== null);
      const inOrder = [clears_at, ...set].every((at, index, all) => {
        const before = all[index - 1];
        return before === undefined || (direction === 'rises' ? at > before : at < before);
      });
      const expected =
        set.length === 0
          ? 'a number for at least one severity; enabled: false switches the flag off'
          : `numbers that ${direction === 'rises' ? 'rise' : 'fall'} from clears_at over low, medium and high to critical`;
      if (set.length === 0 || !inOrder) {
        context.addIssue({ code: 'custom', message: `expected ${expected}` });
      }
    })
    .prefault({});
};

/** Severity by number, as the config has it. */
export type Ladder = z.output<ReturnType<typeof ladder>>;
