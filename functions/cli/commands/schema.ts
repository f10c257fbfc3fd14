import { z } from 'zod';
import { configSchema } from '../../../shared/config/schema.ts';
import type { ExitCode } from '../main.ts';

/** The JSON Schema that editors complete and check holdfast.yaml with. */
export const configJsonSchema = (): unknown => ({
  title: 'holdfast.yaml',
  ...z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' }),
});

export const schema = (): ExitCode => {
  console.log(JSON.stringify(configJsonSchema(), null, 2));
  return 0;
};
