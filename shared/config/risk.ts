import { z } from 'zod';
import { defaultPlayOfFlag, defaultPlayOfMeasure } from './default-plays.ts';
import { measureIds } from './model.ts';
import { playOf, playsField } from './plays.ts';
import { days } from './risk-fields.ts';
import { flagFields, flagIds } from './risk-flags.ts';

const warRoomField = z
  .strictObject({
    segments: z
      .array(z.string())
      .default([])
      .describe('Segments that are strategic as a whole, beside accounts.strategic.'),
    rhythm: z
      .string()
      .min(1)
      .default('daily for 15 minutes, weekly with the executive sponsor')
      .describe('How often the war room meets, in words.'),
    exit_days: days(14, 'Days in a row that its exit criteria must hold before it closes.'),
  })
  .prefault({});

const budget = z.number().int().min(0);

/** What counts as churn risk, what is done about it, and how much of it a person is shown. */
export const riskField = z
  .strictObject({
    flags: z.strictObject(flagFields).prefault({}),
    remember_days: days(
      90,
      'Days that a cleared flag is listed, and reopens rather than begins anew.',
    ),
    cooldown_days: days(14, 'Days after clearing in which a flag that reopens is not told again.'),
    alert_budget: budget
      .default(10)
      .describe('Flags that one owner is shown; critical ones always.'),
    alert_budgets: z
      .record(z.string(), budget)
      .default({})
      .describe('Other budgets, by e-mail address of the owner.'),
    plays: playsField,
    play_of_flag: playOf(flagIds, defaultPlayOfFlag),
    play_of_measure: playOf(measureIds, defaultPlayOfMeasure),
    support_email: z.email().optional().describe('Who leads the plays that support owns.'),
    war_room: warRoomField,
  })
  .superRefine(({ plays, play_of_flag, play_of_measure, ...risk }, context) => {
    for (const [key, drivers] of Object.entries({ play_of_flag, play_of_measure })) {
      for (const [driver, play] of Object.entries(drivers)) {
        if (Object.hasOwn(plays, play)) continue;
        const message = `expected one of the plays ${Object.keys(plays).join(', ')}`;
        context.addIssue({ code: 'custom', path: [key, driver], message });
      }
    }
    if (risk.cooldown_days > risk.remember_days) {
      const message = 'expected at most remember_days: a flag that is forgotten cannot cool down';
      context.addIssue({ code: 'custom', path: ['cooldown_days'], message });
    }
  })
  .prefault({});

export type RiskPolicy = z.output<typeof riskField>;
