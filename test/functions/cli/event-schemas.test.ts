import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventJsonSchemas } from '../../../functions/cli/commands/schema.ts';
import { eventTypes } from '../../../shared/events/event-types.ts';
import { temporaryFolder } from '../../kit/company-folder.ts';
import { runCli } from '../../kit/run-cli.ts';

const published = join(import.meta.dirname, '../../../docs/events');
const types = Object.keys(eventTypes);
const jsonIn = (folder: string, type: string): unknown =>
  JSON.parse(readFileSync(join(folder, `${type}.json`), 'utf8'));

test('there is a schema of every event, and of nothing else', () => {
  const files = readdirSync(published).filter((name) => name.endsWith('.json'));
  expect(files.sort()).toEqual(types.map((type) => `${type}.json`).sort());
});

test.each(types)('the schema of %s is the one that is kept to', (type) => {
  const [shipped, made] = [jsonIn(published, type), eventJsonSchemas()[type]];
  expect(shipped, 'run npm run schema').toEqual(JSON.parse(JSON.stringify(made)));
});

test('the README of the events tells of every one of them', () => {
  const readme = readFileSync(join(published, 'README.md'), 'utf8');
  const told = [...readme.matchAll(/^\| \[`(\w+)`\]/gm)].map(([, type]) => type);
  expect(told.sort()).toEqual([...types].sort());
});

test('the command writes them where it is told', async () => {
  const folder = join(temporaryFolder(), 'schemas', 'of events');
  expect(await runCli('schema', '--events', folder)).toMatchObject({ code: 0 });
  for (const type of types) expect(jsonIn(folder, type)).toEqual(jsonIn(published, type));
});

/** Every field, wherever it stands, with the words that are said of it. */
function* fieldsOf(schema: Record<string, unknown>, at = ''): Generator<[string, unknown]> {
  const properties = (schema.properties ?? {}) as Record<string, Record<string, unknown>>;
  for (const [name, field] of Object.entries(properties)) {
    const branches = (field.anyOf ?? [field]) as Record<string, unknown>[];
    yield [`${at}${name}`, field.description ?? branches.find((one) => one.description)];
    for (const branch of branches) yield* fieldsOf(branch, `${at}${name}.`);
  }
}

test.each(types)('every field of %s says what it means', (type) => {
  const fields = [...fieldsOf(jsonIn(published, type) as Record<string, unknown>)];
  expect(fields.filter(([, words]) => words === undefined)).toEqual([]);
  expect(fields.length).toBeGreaterThan(8);
});
