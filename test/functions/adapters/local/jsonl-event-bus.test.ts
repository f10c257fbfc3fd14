import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { jsonlEventBus } from '../../../../functions/adapters/local/jsonl-event-bus.ts';
import { anyEvent, manyEvents } from '../../../contracts/event-bus.contract.ts';
import { temporaryFolder } from '../../../kit/company-folder.ts';

const eventsFile = () => join(temporaryFolder(), 'events.jsonl');
const idsIn = (path: string): string[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line).metadata.id);

describe('events in a file', () => {
  test('are there once, by whichever process they were published', async () => {
    const path = eventsFile();
    const [one, other] = [jsonlEventBus(path), jsonlEventBus(path)];
    const events = manyEvents(12);
    await one.publish(events.slice(0, 5));
    await other.publish(events.slice(3, 9));
    await one.publish(events);
    await jsonlEventBus(path).publish(events);
    expect(idsIn(path)).toEqual(events.map(({ metadata }) => metadata.id));
  });

  const whole = `${manyEvents(3)
    .map((event) => JSON.stringify(event))
    .join('\n')}\n`;
  const bytes = Buffer.from(whole);
  const ends = Array.from({ length: 12 }, (_, index) => Math.round((index * bytes.length) / 11));

  test.each(ends)('are whole again after a kill at byte %d of the file', async (end) => {
    const path = eventsFile();
    writeFileSync(path, bytes.subarray(0, end));
    await jsonlEventBus(path).publish(manyEvents(4));
    expect(idsIn(path)).toEqual(['id-0', 'id-1', 'id-2', 'id-3']);
  });

  test('are mended also when the line was torn while the bus was open', async () => {
    const path = eventsFile();
    const bus = jsonlEventBus(path);
    await bus.publish([anyEvent('first')]);
    appendFileSync(path, '{"type":"Torn","metadata":{"id":"sec');
    await bus.publish([anyEvent('second')]);
    expect(idsIn(path)).toEqual(['first', 'second']);
  });

  test('are refused beside something else, with the place', async () => {
    const path = eventsFile();
    writeFileSync(path, 'Dear diary,\n');
    await expect(jsonlEventBus(path).publish([anyEvent('one')])).rejects.toMatchObject({
      kind: 'results',
      message: expect.stringMatching(
        /events\.jsonl: found a line that is no event \(Dear diary,\)/,
      ),
    });
    expect(readFileSync(path, 'utf8')).toBe('Dear diary,\n');
  });

  test('in a folder that cannot be made are told as such', async () => {
    const file = eventsFile();
    writeFileSync(file, '');
    const bus = jsonlEventBus(join(file, 'below a file', 'events.jsonl'));
    await expect(bus.publish([anyEvent('one')])).rejects.toMatchObject({ kind: 'results' });
  });
});
