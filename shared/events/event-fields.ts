import { z } from 'zod';

/** What a type of event is: when it is told, and what it says. */
export interface EventDefinition<Schema extends z.ZodObject = z.ZodObject> {
  /** Goes up with every change of the schema, also with one more field. */
  readonly schemaVersion: number;
  readonly when: string;
  readonly data: Schema;
  /** Asks for an act, so it says in heldBecause when the run itself is in doubt. */
  readonly isAlert: boolean;
  /** Told once in the life of its subject and key, whatever the day. */
  readonly isOnce: boolean;
}

interface Definition<Schema extends z.ZodObject> {
  readonly when: string;
  readonly data: Schema;
  readonly isOnce?: boolean;
}

/** A type of event in its first version; it is an alert when it can be held. */
export const eventType = <Schema extends z.ZodObject>({
  when,
  data,
  isOnce = false,
}: Definition<Schema>): EventDefinition<Schema> => ({
  ...{ schemaVersion: 1, when, data, isOnce },
  isAlert: 'heldBecause' in data.shape,
});

export const text = (meaning: string) => z.string().describe(meaning);

export const cents = (meaning: string) =>
  z.int().describe(`${meaning}, in hundredths of the currency.`);

export const count = (meaning: string) => z.int().min(0).describe(meaning);

/** Not the schema of Day, whose brand JSON Schema cannot say. */
export const day = (meaning: string) => z.iso.date().describe(meaning);

export const number = (meaning: string) => z.number().describe(meaning);

export const oneOf = <const Words extends readonly [string, ...string[]]>(
  words: Words,
  meaning: string,
) => z.enum(words).describe(meaning);

/** What more than one type says in the same words. */
export const shared = {
  accountId: text('The account, as the warehouse calls it.'),
  segment: text('Id of its segment in holdfast.yaml.'),
  arrCents: cents('Live ARR of the account'),
  currency: text('Reporting currency, such as USD.'),
  ownerEmail: text('Who owns the account; null where the warehouse does not say.').nullable(),
  heldBecause: text(
    'Why alerts of this run are held: too much changed at once. Act only on null.',
  ).nullable(),
  manifest: text('Where the manifest of the run lies, within the results.'),
  definitionsId: text('Definitions the figures were computed with.'),
};
