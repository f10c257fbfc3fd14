import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, type Day, daysBetween, toDay } from '../../../shared/basics/day.ts';
import { type Severity, severities } from '../../../shared/config/risk-fields.ts';
import { clear, clearBecause, raised, type Signal, unknown } from '../../../shared/risk/flag.ts';
import { type Episode, type FlagState, nextEpisode } from '../../../shared/risk/life-cycle.ts';
import { worseOf } from '../../../shared/risk/severity.ts';

const start = toDay('2026-01-01');
const rememberDays = 90;

interface Past {
  readonly day: Day;
  readonly signal: Signal;
}

/** Where a flag stands after a number of runs, each of which knows the last one's row alone. */
const replay = (history: readonly Past[]): Episode | null =>
  history.reduce<Episode | null>(
    (last, { day, signal }) => nextEpisode(last ?? undefined, signal, { asOf: day, rememberDays }),
    null,
  );

const on = (day: number, signal: Signal): Past => ({ day: addDays(start, day), signal });
const up = (severity: Severity = 'high') => raised(severity, `evidence of ${severity}`);

describe('a flag', () => {
  test.each<[string, Past[], FlagState | null, Partial<Episode>]>([
    ['never raised is not listed', [on(0, clear), on(1, unknown('x'))], null, {}],
    [
      'raised for the first time is new',
      [on(0, clear), on(1, up())],
      'new',
      { raisedOn: addDays(start, 1), clearedOn: null, episodes: 1 },
    ],
    [
      'raised again is ongoing, whatever number of runs was left out',
      [on(0, up('low')), on(40, up('high')), on(41, up('medium'))],
      'ongoing',
      { severity: 'medium', peakSeverity: 'high', raisedOn: start, evidence: 'evidence of medium' },
    ],
    [
      'that no longer holds is cleared, with its last evidence',
      [on(0, up()), on(3, clear)],
      'cleared',
      {
        clearedOn: addDays(start, 3),
        clearedBecause: 'it no longer holds',
        evidence: 'evidence of high',
      },
    ],
    [
      'that cleared stays listed as it was',
      [on(0, up()), on(3, clearBecause('no live contract')), on(93, clear)],
      'cleared',
      { clearedOn: addDays(start, 3), clearedBecause: 'no live contract' },
    ],
    [
      'that cleared too long ago is forgotten',
      [on(0, up()), on(3, clear), on(94, clear)],
      null,
      {},
    ],
    [
      'that comes back while remembered is reopened',
      [on(0, up('critical')), on(3, clear), on(93, up('low'))],
      'reopened',
      {
        ...{ raisedOn: addDays(start, 93), firstRaisedOn: start, clearedOn: addDays(start, 3) },
        ...{ clearedBecause: null, episodes: 2, peakSeverity: 'low' },
      },
    ],
    [
      'that comes back later is new',
      [on(0, up()), on(3, clear), on(94, up())],
      'new',
      { firstRaisedOn: addDays(start, 94), clearedOn: null, episodes: 1 },
    ],
    [
      'that cannot be asked stays open and says so, once',
      [on(0, up('low')), on(1, unknown('tickets are stale; x')), on(2, unknown('gone'))],
      'ongoing',
      {
        evidence: 'not confirmed: gone; last: evidence of low',
        unconfirmed: 'gone',
        clearedOn: null,
      },
    ],
    [
      'that can be asked again is confirmed',
      [on(0, up('low')), on(1, unknown('stale')), on(2, up())],
      'ongoing',
      { evidence: 'evidence of high', unconfirmed: null },
    ],
    [
      'that clears after a gap shows what was last observed',
      [on(0, up('low')), on(1, unknown('stale')), on(2, clear)],
      'cleared',
      { evidence: 'evidence of low', unconfirmed: null },
    ],
    [
      'that cannot be asked is not raised',
      [on(0, up()), on(1, clear), on(2, unknown('x'))],
      'cleared',
      {},
    ],
  ])('%s', (_, history, state, rest) => {
    const row = replay(history);
    expect(row?.state ?? null).toBe(state);
    expect(row ?? {}).toMatchObject(rest);
  });
});

interface Told {
  raisedOn: Day;
  clearedOn: Day | null;
  because: string | null;
  severity: Severity;
  peak: Severity;
  evidence: string;
  unconfirmed: string | null;
}

/** The same told from the whole history: every time it was raised, with its beginning and end. */
const oracle = (history: readonly Past[]): Episode | null => {
  let told: Told[] = [];
  for (const { day, signal } of history) {
    const ended = told.at(-1)?.clearedOn ?? null;
    if (ended !== null && daysBetween(ended, day) > rememberDays) told = [];
    const running = told.find(({ clearedOn }) => clearedOn === null);
    if (signal.status === 'raised') {
      const { severity, evidence } = signal;
      const now = { severity, evidence, unconfirmed: null };
      if (running) Object.assign(running, now, { peak: worseOf(running.peak, severity) });
      else told.push({ raisedOn: day, clearedOn: null, because: null, peak: severity, ...now });
    } else if (running && signal.status === 'unknown') running.unconfirmed = signal.reason;
    else if (running && signal.status === 'clear') {
      Object.assign(running, { clearedOn: day, because: signal.because, unconfirmed: null });
    }
  }
  const last = told.at(-1);
  if (last === undefined) return null;
  const today = history.at(-1)?.day;
  const opening = told.length === 1 ? 'new' : 'reopened';
  return {
    state: last.clearedOn !== null ? 'cleared' : last.raisedOn === today ? opening : 'ongoing',
    severity: last.severity,
    peakSeverity: last.peak,
    raisedOn: last.raisedOn,
    firstRaisedOn: told[0]?.raisedOn as Day,
    clearedOn: last.clearedOn ?? told.at(-2)?.clearedOn ?? null,
    clearedBecause: last.because,
    episodes: told.length,
    evidence:
      last.unconfirmed === null
        ? last.evidence
        : `not confirmed: ${last.unconfirmed}; last: ${last.evidence}`,
    unconfirmed: last.unconfirmed,
  };
};

const anySignal: fc.Arbitrary<Signal> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(...severities)
      .chain((severity) => fc.string().map((evidence) => raised(severity, evidence))),
  },
  { weight: 3, arbitrary: fc.constantFrom(clear, clearBecause('no live contract')) },
  { weight: 2, arbitrary: fc.string().map(unknown) },
);

/** Ten runs, a day or a few months apart. */
const tenRuns: fc.Arbitrary<Past[]> = fc
  .array(fc.tuple(fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 100 })), anySignal), {
    minLength: 10,
    maxLength: 10,
  })
  .map((runs) => {
    let day = start;
    return runs.map(([gap, signal]) => {
      day = addDays(day, gap);
      return { day, signal };
    });
  });

describe('ten runs of any kind', () => {
  test('end where the whole history says', () => {
    fc.assert(
      fc.property(tenRuns, (history) => {
        for (let runs = 1; runs <= history.length; runs += 1) {
          const past = history.slice(0, runs);
          expect(replay(past)).toEqual(oracle(past));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('only an answer clears, a clear flag is no ongoing one, and again is the same', () => {
    fc.assert(
      fc.property(tenRuns, anySignal, (history, signal) => {
        const last = replay(history) ?? undefined;
        const memory = { asOf: addDays(history.at(-1)?.day as Day, 1), rememberDays };
        const row = nextEpisode(last, signal, memory);
        expect(nextEpisode(structuredClone(last), signal, memory)).toEqual(row);
        const wasOpen = last !== undefined && last.state !== 'cleared';
        if (wasOpen && signal.status === 'unknown') expect(row?.state).toBe('ongoing');
        if (signal.status === 'raised') expect(row?.state).not.toBe('cleared');
        if (row?.state === 'cleared') expect(row.clearedBecause).not.toBeNull();
        if (row !== null && row.state !== 'cleared') expect(row.clearedBecause).toBeNull();
      }),
    );
  });
});
