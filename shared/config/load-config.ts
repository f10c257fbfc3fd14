import { closest } from 'fastest-levenshtein';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { HoldfastError, type Problem } from '../basics/problem.ts';
import { type Config, configSchema } from './schema.ts';

interface ConfigText {
  readonly text: string;
  /** How the file is called in messages. */
  readonly file: string;
}

/**
 * Reads holdfast.yaml. Throws HoldfastError kind 'config' with every problem at its line and
 * column, what was found there, what was expected, and the nearest name where one is unknown.
 */
export const loadConfig = ({ text, file }: ConfigText): Config => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    throw new HoldfastError(
      'config',
      document.errors.map((error) => {
        const { line, col } = lines.linePos(error.pos[0]);
        return {
          where: `${file}:${line}:${col}`,
          found: `text that is not YAML (${error.message})`,
          expected: 'YAML',
          fix: 'Look at the indentation, colons and quotes of this line.',
        };
      }),
    );
  }
  const parsed = configSchema.safeParse(document.toJS() ?? {});
  if (parsed.success) return parsed.data;
  const locate = (path: readonly PropertyKey[], key?: string) =>
    `${file}:${position(document, lines, path, key)}`;
  const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue, document, locate));
  throw new HoldfastError('config', problems.sort(inFileOrder));
};

const inFileOrder = (a: Problem, b: Problem): number =>
  a.where.localeCompare(b.where, 'en', { numeric: true });

type Locate = (path: readonly PropertyKey[], key?: string) => string;

function problemsOf(issue: z.core.$ZodIssue, document: Document, locate: Locate): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(issue.path);
    return issue.keys.map((key) => ({
      where: `${locate(issue.path, key)} ${[...issue.path, key].join('.')}`,
      found: `an unknown key "${key}"`,
      expected: known.length === 0 ? 'a known key' : `one of ${known.join(', ')}`,
      fix: known.length === 0 ? 'Remove it.' : `Did you mean "${closest(key, known)}"?`,
    }));
  }
  const value = document.getIn(issue.path as string[]);
  return [
    {
      where: `${locate(issue.path)} ${issue.path.join('.') || 'the file'}`,
      found: value === undefined ? 'nothing' : shown(value),
      expected: issue.message.replace(/^(Invalid input: )?expected /, ''),
      fix: nearestFix(issue, value),
    },
  ];
}

function nearestFix(issue: z.core.$ZodIssue, value: unknown): string {
  const path = issue.path.join('.');
  if (path === 'time_zone' && typeof value === 'string') {
    return `Did you mean "${closest(value, Intl.supportedValuesOf('timeZone'))}"?`;
  }
  if (issue.code === 'invalid_value' && typeof value === 'string') {
    return `Did you mean "${closest(value, issue.values.map(String))}"?`;
  }
  return value === undefined ? 'Add it.' : 'Correct it.';
}

/** The keys that may stand at a path, found by walking the schema itself. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  let schema: unknown = configSchema;
  for (const part of path) {
    const open = unwrapped(schema);
    if (open instanceof z.ZodObject) schema = open.shape[String(part)];
    else if (open instanceof z.ZodArray) schema = open.element;
    else return [];
  }
  const open = unwrapped(schema);
  if (open instanceof z.ZodObject) return Object.keys(open.shape);
  if (!(open instanceof z.ZodDiscriminatedUnion)) return [];
  return [...new Set(open.options.flatMap((option) => Object.keys((option as z.ZodObject).shape)))];
}

function unwrapped(schema: unknown): unknown {
  const wrapped =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault;
  return wrapped ? unwrapped(schema.unwrap()) : schema;
}

function shown(value: unknown): string {
  // What is printed here ends up in logs.
  if (`${isScalar(value) ? value.value : value}`.includes('PRIVATE KEY')) return 'a private key';
  if (isNode(value))
    return isScalar(value) ? JSON.stringify(value.value) : isMap(value) ? 'a map' : listed(value);
  return JSON.stringify(value);
}

/** A short list as it stands; of a longer one that it is one. */
function listed(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > MOST_SHOWN ? 'a list' : `the list ${text}`;
}

const MOST_SHOWN = 60;

/** line:column of a key, or of the nearest thing above it that is there. */
function position(
  document: Document,
  lines: LineCounter,
  path: readonly PropertyKey[],
  key?: string,
): string {
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const parent =
      depth === 0 && key === undefined
        ? document.contents
        : document.getIn(
            path.slice(
              0,
              key !== undefined && depth === path.length ? depth : depth - 1,
            ) as string[],
            true,
          );
    const name = key !== undefined && depth === path.length ? key : path[depth - 1];
    const offset = offsetOf(parent, name);
    if (offset !== null) {
      const { line, col } = lines.linePos(offset);
      return `${line}:${col}`;
    }
  }
  return '1:1';
}

function offsetOf(parent: unknown, name: PropertyKey | undefined): number | null {
  if (isMap(parent)) {
    const pair = parent.items.find(({ key }) => isScalar(key) && key.value === name);
    const key = pair?.key;
    return isNode(key) && key.range ? key.range[0] : null;
  }
  if (
    typeof name === 'number' &&
    typeof parent === 'object' &&
    parent !== null &&
    'items' in parent
  ) {
    const item = (parent.items as unknown[])[name];
    return isNode(item) && item.range ? item.range[0] : null;
  }
  return null;
}
