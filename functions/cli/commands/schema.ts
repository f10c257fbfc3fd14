import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { configSchema } from '../../../shared/config/schema.ts';
import { envelopeSchema } from '../../../shared/events/envelope.ts';
import { type EventType, eventTypes } from '../../../shared/events/event-types.ts';
import { makeFolder } from '../../adapters/local/make-folder.ts';
import type { ExitCode } from '../main.ts';

/** The JSON Schema that editors complete and check holdfast.yaml with. */
export const configJsonSchema = (): unknown => ({
  title: 'holdfast.yaml',
  ...z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' }),
});

/** The JSON Schema of each type of event, for those who listen: the `detail` on the bus. */
export const eventJsonSchemas = (): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.keys(eventTypes).map((type) => [
      type,
      { title: type, ...z.toJSONSchema(envelopeSchema(type as EventType), { override: plainly }) },
    ]),
  );

/** The format says it already, and every integer is a safe one. */
function plainly({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

interface SchemaOptions {
  /** Folder to write the schemas of events into, one file for each type. */
  readonly events?: string;
}

export const schema = async ({ events }: SchemaOptions): Promise<ExitCode> => {
  if (events === undefined) {
    console.log(JSON.stringify(configJsonSchema(), null, 2));
    return 0;
  }
  await makeFolder(events);
  for (const [type, schema] of Object.entries(eventJsonSchemas())) {
    await writeFile(join(events, `${type}.json`), `${JSON.stringify(schema, null, 2)}\n`);
  }
  return 0;
};
