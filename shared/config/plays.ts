import { z } from 'zod';
import { defaultPlays, type PlayDefaults } from './default-plays.ts';
import { days, type Severity } from './risk-fields.ts';

/** Who is to lead a play. */
export const playOwners = ['csm', 'manager', 'ae', 'support'] as const;

const dueField = (due: Partial<Record<Severity, number>> = {}) =>
  z
    .strictObject({
      critical: days(due.critical ?? 3, 'Days to do it in when critical.'),
      high: days(due.high ?? 7, 'Days to do it in when high.'),
      medium: days(due.medium ?? 14, 'Days to do it in when medium.'),
      low: days(due.low ?? 30, 'Days to do it in when low.'),
    })
    .prefault({});

const playName = z.string().min(1);
const playActions = z.array(z.string().min(1)).min(1).describe('What to do, in order.');
const playOwner = z.enum(playOwners).describe('Who leads it.');

const ownPlayField = z.strictObject({
  name: playName,
  actions: playActions,
  owner: playOwner,
  due_days: dueField(),
});

/** A play of ours, of which any part may be put in other words. */
const knownPlayField = ({ name, actions, owner, due_days }: PlayDefaults) =>
  z
    .strictObject({
      name: playName.default(name),
      actions: playActions.default([...actions]),
      owner: playOwner.default(owner),
      due_days: dueField(due_days),
    })
    .prefault({});

/** Every play there is: an object of ours and theirs. */
export const playsField = z
  .object(
    Object.fromEntries(
      Object.entries(defaultPlays).map(([id, play]) => [id, knownPlayField(play)]),
    ) as Record<keyof typeof defaultPlays, ReturnType<typeof knownPlayField>>,
  )
  .catchall(ownPlayField)
  .prefault({} as never)
  .describe('Plays by id: those of Holdfast, in your words where you have others, and your own.');

/** Which play answers which driver: a play of that id must exist. */
export const playOf = <Id extends string>(
  ids: readonly Id[],
  defaults: Readonly<Record<Id, string>>,
) =>
  z
    .strictObject(
      Object.fromEntries(
        ids.map((id) => [id, z.string().default(defaults[id]).describe('Id of a play.')]),
      ) as Record<Id, z.ZodDefault<z.ZodString>>,
    )
    .prefault({} as never);

export type Play = z.output<typeof ownPlayField>;
