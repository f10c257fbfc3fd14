import { z } from 'zod';

const FIELDS: readonly { name: string; pattern: RegExp; low: number; high: number }[] = [
  {
    name: 'minute',
    pattern: /^(\*|\d+)(-\d+)?(\/\d+)?(,(\d+)(-\d+)?(\/\d+)?)*$/,
    low: 0,
    high: 59,
  },
  { name: 'hour', pattern: /^(\*|\d+)(-\d+)?(\/\d+)?(,(\d+)(-\d+)?(\/\d+)?)*$/, low: 0, high: 23 },
  { name: 'day of month', pattern: /^(\?|\*|L|LW|\d+W|[\d,\-*/]+)$/, low: 1, high: 31 },
  { name: 'month', pattern: /^(\*|[\d,\-*/]+|[A-Z]{3}([,-][A-Z]{3})*)$/, low: 1, high: 12 },
  {
    name: 'day of week',
    pattern: /^(\?|\*|L|\d[L]|\d#\d|[\d,\-*/]+|[A-Z]{3}([,-][A-Z]{3})*)$/,
    low: 1,
    high: 7,
  },
  { name: 'year', pattern: /^(\*|[\d,\-*/]+)$/, low: 1970, high: 2199 },
];

/** Local hours that daylight saving may skip or repeat. */
const UNSAFE_HOURS = [1, 2];

/**
 * What is wrong with a six-field EventBridge Scheduler cron, or null. CloudFormation validation
 * accepts any text here, so a mistake would first show when the deploy fails or the job never runs.
 * Source: docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export const cronProblem = (cron: string): string | null => {
  const fields = cron.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) {
    return `expected six fields (minute hour day-of-month month day-of-week year), such as "0 5 * * ? *"`;
  }
  for (const [index, { name, pattern, low, high }] of FIELDS.entries()) {
    const field = fields[index] as string;
    const numbers = (field.match(/\d+/g) ?? []).map(Number);
    const inRange = numbers.every(
      (number) => number <= high && (number >= low || field.includes('/')),
    );
    if (!pattern.test(field) || !inRange) return `"${field}" is not a ${name} (${low} to ${high})`;
  }
  if ((fields[2] === '?') === (fields[4] === '?')) {
    return 'expected "?" in exactly one of day-of-month and day-of-week';
  }
  const unsafe = UNSAFE_HOURS.filter((hour) => matches(fields[1] as string, hour));
  return unsafe.length === 0
    ? null
    : 'expected an hour outside 01:00 to 03:00 local, which daylight saving skips or repeats';
};

/** True when a cron field of numbers, ranges and steps stands for the value. */
function matches(field: string, value: number): boolean {
  return field.split(',').some((part) => {
    const [range = '*', step] = part.split('/');
    const [from = '*', to] = range.split('-');
    const low = from === '*' ? 0 : Number(from);
    const high = to !== undefined ? Number(to) : from === '*' || step !== undefined ? 59 : low;
    return value >= low && value <= high && (value - low) % Number(step ?? 1) === 0;
  });
}

export const cronField = (cron: string) =>
  z
    .string()
    .superRefine((text, context) => {
      const problem = cronProblem(text);
      if (problem !== null) context.addIssue({ code: 'custom', message: problem });
    })
    .default(cron)
    .describe('When it runs: minute hour day-of-month month day-of-week year, in time_zone.');
