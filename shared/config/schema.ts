import { z } from 'zod';
import { isTimeZone } from '../basics/day.ts';
import { type SourceId, sourceIds, sourceOf } from '../sources/index.ts';
import { modelField } from './model.ts';
import { cronField } from './schedule.ts';

const TABLE_NAME = /^[A-Za-z_][\w$-]*(\.[A-Za-z_][\w$-]*){0,2}$/;

const currencyCode = z.string().regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code such as USD');

const warehouseField = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('duckdb'),
      path: z
        .string()
        .min(1)
        .describe(
          'A DuckDB database file, or a folder whose Parquet and CSV files become tables. Relative to holdfast.yaml; $NAME stands for a variable of the environment.',
        ),
    })
    .describe('A warehouse on this machine.'),
  z
    .strictObject({
      kind: z.literal('athena'),
      catalog: z.string().default('AwsDataCatalog').describe('Athena data catalog.'),
      database: z.string().min(1).describe('Glue database that unqualified table names refer to.'),
      workgroup: z.string().default('holdfast').describe('Athena workgroup; the stack creates it.'),
      data_buckets: z
        .array(z.string().min(3))
        .default([])
        .describe('S3 buckets that hold the tables; the functions may read these and no others.'),
      more_databases: z
        .array(z.string())
        .default([])
        .describe('Other Glue databases that the mapping names.'),
    })
    .describe('Amazon Athena.'),
]);

const sourceField = (id: SourceId) => {
  const source = sourceOf(id);
  const columns = Object.entries(source.columns).map(([name, column]) => [
    name,
    z.string().min(1).nullable().optional().describe(`${column.meaning} (${column.type})`),
  ]);
  return z
    .strictObject({
      table: z
        .string()
        .regex(TABLE_NAME, 'expected table, schema.table or catalog.schema.table')
        .optional(),
      select: z.string().min(1).optional().describe('A SELECT in place of a table.'),
      columns: z
        .strictObject(
          Object.fromEntries(columns) as Record<string, z.ZodOptional<z.ZodNullable<z.ZodString>>>,
        )
        .default({})
        .describe(
          'Column of the table, or SQL expression, for each field that is named otherwise.',
        ),
      freshness_days: z
        .number()
        .int()
        .min(0)
        .optional()
        .describe(
          `Days without news after which it is stale; default ${source.freshnessDays ?? 'none'}.`,
        ),
    })
    .refine(
      ({ table, select }) => (table === undefined) !== (select === undefined),
      'expected table or select, and not both',
    )
    .describe(`${source.grain}${source.required ? '; required' : ''}`);
};

const sourcesField = z.strictObject(
  Object.fromEntries(
    sourceIds.map((id) => [
      id,
      sourceOf(id).required ? sourceField(id) : sourceField(id).optional(),
    ]),
  ) as Record<SourceId, z.ZodOptional<ReturnType<typeof sourceField>>>,
);

const dataCheckField = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/, 'expected a snake_case id'),
  source: z.enum(sourceIds as [SourceId, ...SourceId[]]).describe('The source it speaks of.'),
  severity: z.enum(['warning', 'broken']).default('warning'),
  offending: z
    .string()
    .min(1)
    .describe('A SELECT of the offending rows; its first column names them.'),
  expected: z.string().min(1).describe('What should hold, in words.'),
  fix: z.string().default('Correct it in the warehouse.'),
});

const segmentField = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/, 'expected a snake_case id'),
  name: z.string().min(1),
  values: z
    .array(z.string())
    .default([])
    .describe('Values of accounts.segment that mean this one.'),
  arr_at_least: z
    .number()
    .min(0)
    .default(0)
    .describe(
      'For accounts without a known value: ARR in the reporting currency from which on it applies.',
    ),
});

const segmentsField = z
  .array(segmentField)
  .min(1)
  .default([
    { id: 'enterprise', name: 'Enterprise', values: ['Enterprise'], arr_at_least: 150_000 },
    { id: 'mid_market', name: 'Mid-market', values: ['Mid-market'], arr_at_least: 25_000 },
    { id: 'smb', name: 'SMB', values: ['SMB'], arr_at_least: 0 },
  ])
  .superRefine((segments, context) => {
    const floors = segments.map(({ arr_at_least }) => arr_at_least);
    if (floors.some((floor, index) => index > 0 && floor >= (floors[index - 1] as number))) {
      context.addIssue({
        code: 'custom',
        message: 'expected arr_at_least to fall from segment to segment',
      });
    }
    const ids = segments.map(({ id }) => id);
    if (new Set(ids).size < ids.length) {
      context.addIssue({
        code: 'custom',
        message: 'expected each segment to have an id of its own',
      });
    }
    if (floors.at(-1) !== 0) {
      context.addIssue({
        code: 'custom',
        message: 'expected the last segment to begin at 0, so that it takes every account left',
      });
    }
  })
  .describe('Segments by value, the largest first.');

/** holdfast.yaml, whole: everything has a default but the warehouse and its required sources. */
export const configSchema = z.strictObject({
  company: z.string().min(1).default('Your company'),
  time_zone: z
    .string()
    .refine(isTimeZone, 'expected an IANA time zone such as Europe/London')
    .default('UTC')
    .describe('Business time zone: days begin and schedules run in it.'),
  currency: z
    .strictObject({
      reporting: currencyCode.default('USD'),
      rates: z
        .record(currencyCode, z.number().positive())
        .default({})
        .describe(
          'Units of the reporting currency for one unit of each other currency, held constant.',
        ),
    })
    .prefault({}),
  warehouse: warehouseField,
  sources: sourcesField,
  data_quality: z
    .strictObject({
      orphan_share: z
        .number()
        .min(0)
        .max(1)
        .default(0.01)
        .describe('Share of rows of unknown accounts above which a source is broken.'),
      checks: z.array(dataCheckField).default([]).describe('Checks of your own.'),
    })
    .prefault({}),
  segments: segmentsField,
  model: modelField,
  schedules: z.strictObject({ 'score-accounts': cronField('0 5 * * ? *') }).prefault({}),
  operations: z
    .strictObject({
      alarm_email: z.email().optional().describe('Who is told when an alarm goes off.'),
      runbook_url: z.url().optional().describe('Where your copy of docs/runbook.md can be read.'),
      scan_limit_gb: z.number().positive().default(100).describe('Most bytes one query may scan.'),
    })
    .prefault({}),
});

export type Config = z.output<typeof configSchema>;
export type Segment = Config['segments'][number];
