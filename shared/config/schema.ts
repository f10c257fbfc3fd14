import { z } from 'zod';
import { isTimeZone } from '../basics/day.ts';
import { type SourceId, sourceIds, sourceOf } from '../sources/index.ts';
import { driftGuardField } from './drift.ts';
import { entitlementField } from './entitlements.ts';
import { mailField } from './mail.ts';
import { areShippedVariants, modelField } from './model.ts';
import { isShippedReadiness, readinessField } from './readiness.ts';
import { renewalClockFields } from './renewals.ts';
import { reportsField } from './reports.ts';
import {
  carrField,
  churnField,
  expansionField,
  queuesField,
  reactivationField,
  renewalField,
  retentionField,
  revenueField,
} from './revenue.ts';
import { riskField } from './risk.ts';
import { cronField } from './schedule.ts';
import { defaultSegments, motionsField, segmentField } from './segments.ts';

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

const segmentsField = z
  .array(segmentField)
  .min(1)
  .prefault([...defaultSegments])
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
export const configSchema = z
  .strictObject({
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
        basis: z
          .enum(['constant', 'spot'])
          .default('constant')
          .describe(
            'Retention at the rates of the opening, with fx apart, or at those of each day.',
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
    motions: motionsField,
    model: modelField,
    risk: riskField,
    drift_guard: driftGuardField,
    revenue: revenueField,
    carr: carrField,
    churn: churnField,
    renewal: renewalField,
    renewals: z
      .strictObject({
        ...renewalClockFields,
        readiness: readinessField,
        entitlements: entitlementField,
      })
      .prefault({}),
    reactivation: reactivationField,
    expansion: expansionField,
    retention: retentionField,
    queues: queuesField,
    mail: mailField,
    reports: reportsField,
    schedules: z
      .strictObject({
        'score-accounts': cronField('0 5 * * ? *'),
        'rollup-revenue': cronField('30 5 * * ? *'),
        'track-renewals': cronField('0 7 * * ? *'),
        'weekly-summary': cronField('0 8 ? * MON *'),
      })
      .prefault({}),
    operations: z
      .strictObject({
        alarm_email: z.email().optional().describe('Who is told when an alarm goes off.'),
        runbook_url: z.url().optional().describe('Where your copy of docs/runbook.md can be read.'),
        scan_limit_gb: z
          .number()
          .positive()
          .default(100)
          .describe('Most bytes one query may scan.'),
      })
      .prefault({}),
  })
  // What is told of segments elsewhere must speak of segments there are.
  .superRefine(({ segments, motions, model, risk, renewals }, context) => {
    const known = { segment: segments.map(({ id }) => id), motion: motions.map(({ id }) => id) };
    const check = (kind: keyof typeof known, id: string, path: (string | number)[]) => {
      if (known[kind].includes(id)) return;
      const message = `expected the id of a ${kind}: ${known[kind].join(', ')}`;
      context.addIssue({ code: 'custom', path, message });
    };
    for (const [index, { motion }] of segments.entries()) {
      check('motion', motion, ['segments', index, 'motion']);
    }
    const variants = areShippedVariants(model.variants) ? [] : model.variants;
    for (const [index, { segments: meant = [] }] of variants.entries()) {
      for (const [at, id] of meant.entries()) {
        check('segment', id, ['model', 'variants', index, 'segments', at]);
      }
    }
    for (const [at, id] of risk.war_room.segments.entries()) {
      check('segment', id, ['risk', 'war_room', 'segments', at]);
    }
    for (const id of Object.keys(renewals.milestones.by_segment)) {
      check('segment', id, ['renewals', 'milestones', 'by_segment', id]);
    }
    const { by_segment } = renewals.readiness;
    for (const id of isShippedReadiness(by_segment) ? [] : Object.keys(by_segment)) {
      check('segment', id, ['renewals', 'readiness', 'by_segment', id]);
    }
  });

export type Config = z.output<typeof configSchema>;
export type Segment = Config['segments'][number];
