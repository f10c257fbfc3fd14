import { describe, expect, test } from 'vitest';
import { systemClock } from '../../functions/adapters/system-clock.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { fakeClock } from '../kit/fake-clock.ts';

/** What every clock promises; the fake one keeps it without taking the time. */
describe.each<[string, Clock]>([
  ['the system clock', systemClock],
  ['the fake clock', fakeClock()],
])('%s', (_, clock) => {
  test('never runs backwards', () => {
    const [first, second] = [clock.now(), clock.now()];
    expect(second.getTime()).toBeGreaterThanOrEqual(first.getTime());
  });

  test('has moved on by at least as long as one slept', async () => {
    const before = clock.now().getTime();
    await clock.sleep(20);
    // Timers may fire a millisecond early.
    expect(clock.now().getTime() - before).toBeGreaterThanOrEqual(19);
  });

  test('gives instants that nobody else can change', () => {
    const instant = clock.now();
    instant.setFullYear(1970);
    expect(clock.now().getFullYear()).toBeGreaterThan(2000);
  });
});
