import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { measureIds } from '../../../shared/config/model.ts';
import { riskField } from '../../../shared/config/risk.ts';
import { flagIds } from '../../../shared/config/risk-flags.ts';
import { playOf } from '../../../shared/risk/plays.ts';

const messages = (risk: unknown): string[] => {
  const parsed = riskField.safeParse(risk);
  const issues = parsed.success ? [] : parsed.error.issues;
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
};

describe('what the config says of risk', () => {
  const policy = riskField.parse({});

  test.each([
    ...flagIds.map((flag) => [flag, { flag }] as const),
    ...measureIds.map((measure) => [measure, { measure }] as const),
  ])('%s has a play with a name and something to do', (_, driver) => {
    const { name, actions } = playOf(driver, policy);
    expect(name).not.toBe('');
    expect(actions.length).toBeGreaterThan(0);
  });

  test('every play answers something', () => {
    const used = [...Object.values(policy.play_of_flag), ...Object.values(policy.play_of_measure)];
    expect(Object.keys(policy.plays).filter((id) => !used.includes(id))).toEqual([]);
  });

  test('part of a ladder, and part of a play, can be changed', () => {
    const { flags, plays } = riskField.parse({
      flags: { usage_decline: { ratio: { high: 0.35 } } },
      plays: { re_engagement: { owner: 'ae' } },
    });
    expect(flags.usage_decline.ratio).toMatchObject({ medium: 0.7, high: 0.35, clears_at: 0.8 });
    expect(plays.re_engagement).toMatchObject({ owner: 'ae', name: 'Re-engagement' });
  });

  test('a play of your own can answer a flag', () => {
    const own = { name: 'Ours', actions: ['Call'], owner: 'csm' };
    const { plays } = riskField.parse({ plays: { ours: own }, play_of_flag: { silence: 'ours' } });
    expect(plays.ours?.due_days).toEqual({ critical: 3, high: 7, medium: 14, low: 30 });
  });

  const steps = 'expected numbers that fall from clears_at over low, medium and high to critical';
  test.each([
    [
      'steps out of order',
      { flags: { usage_decline: { ratio: { medium: 0.4 } } } },
      `flags.usage_decline.ratio: ${steps}`,
    ],
    [
      'a clearing that is not looser',
      { flags: { usage_decline: { ratio: { clears_at: 0.7 } } } },
      `flags.usage_decline.ratio: ${steps}`,
    ],
    [
      'a ladder without steps',
      { flags: { detractor_open: { count: { medium: null, high: null } } } },
      'flags.detractor_open.count: expected a number for at least one severity; enabled: false switches the flag off',
    ],
    [
      'news that clears before it is old',
      { flags: { competitor: { within_days: 100 } } },
      'flags.competitor: expected clears_after_days to be at least within_days',
    ],
    [
      'a cooldown longer than memory',
      { remember_days: 7 },
      'cooldown_days: expected at most remember_days: a flag that is forgotten cannot cool down',
    ],
  ])('%s is told', (_, risk, message) => {
    expect(messages(risk)).toEqual([message]);
  });

  test.each(['valeu_review', 'constructor'])('a play that is not there is told: %s', (play) => {
    const [message] = messages({ play_of_measure: { nps: play } });
    expect(message).toMatch(
      /^play_of_measure.nps: expected one of the plays save, usage_recovery, /,
    );
  });
});

describe('docs/risk.md', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/risk.md'), 'utf8');

  test.each(flagIds)('has a paragraph on %s', (id) => expect(text).toContain(`\n**${id}.** *`));

  test('shows a config that is accepted', () => {
    const shown = /```yaml\n(.*?)```/s.exec(text)?.[1] ?? '';
    expect(messages(parse(shown).risk)).toEqual([]);
  });
});
