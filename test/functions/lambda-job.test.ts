import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { dueRun, lambdaJob } from '../../functions/lambda-job.ts';
import type { LambdaWorld } from '../../functions/lambda-world.ts';
import { HoldfastError } from '../../shared/basics/problem.ts';
import { loadConfig } from '../../shared/config/load-config.ts';
import type { Job, JobInput, JobOutcome, JobPorts } from '../../shared/jobs/job.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import { soundConfig } from '../kit/company-folder.ts';
import { fakeClock } from '../kit/fake-clock.ts';
import { memoryObjectStore } from '../kit/memory-object-store.ts';

describe('the day a run is due', () => {
  test.each([
    [
      'half past eleven in UTC is tomorrow in Tokyo',
      '2026-03-31T23:30:00Z',
      'Asia/Tokyo',
      '2026-04-01',
    ],
    ['and still today in UTC', '2026-03-31T23:30:00Z', 'UTC', '2026-03-31'],
    ['and today in New York', '2026-03-31T23:30:00Z', 'America/New_York', '2026-03-31'],
    [
      'before the clocks go forward in London',
      '2026-03-29T00:30:00Z',
      'Europe/London',
      '2026-03-29',
    ],
    ['summer time makes 23:30 UTC tomorrow', '2026-03-29T23:30:00Z', 'Europe/London', '2026-03-30'],
    ['winter time does not', '2026-10-25T23:30:00Z', 'Europe/London', '2026-10-25'],
    [
      '05:00 on the day New York goes forward',
      '2026-03-08T09:00:00Z',
      'America/New_York',
      '2026-03-08',
    ],
    ['05:00 on the day it goes back', '2026-11-01T10:00:00Z', 'America/New_York', '2026-11-01'],
    ['half an hour off', '2026-06-30T18:29:59Z', 'Asia/Kolkata', '2026-06-30'],
    ['to the second', '2026-06-30T18:30:00Z', 'Asia/Kolkata', '2026-07-01'],
    ['a day ahead of everyone', '2026-12-31T10:00:00Z', 'Pacific/Kiritimati', '2027-01-01'],
    ['an offset other than Z', '2026-12-31T23:30:00-02:00', 'UTC', '2027-01-01'],
  ])('%s', (_, scheduledTime, timeZone, day) => {
    expect(dueRun({ scheduledTime }, timeZone)).toEqual({ asOf: day });
  });

  test('a manual run names its day, and may compute it anew', () => {
    expect(dueRun({ asOf: '2024-02-29' }, 'Asia/Tokyo')).toEqual({ asOf: '2024-02-29' });
    expect(dueRun({ asOf: '2024-02-29', revision: 2 }, 'UTC')).toMatchObject({ revision: 2 });
  });

  test.each([
    ['nothing', undefined],
    ['an empty event', {}],
    ['a day that is none', { asOf: '2026-02-30' }],
    ['a day in another order', { asOf: '31.03.2026' }],
    ['a time that is none', { scheduledTime: '2026-03-31' }],
    [
      'an attribute that the scheduler did not fill in',
      { scheduledTime: '<aws.scheduler.scheduled-time>' },
    ],
    ['both', { asOf: '2026-03-31', scheduledTime: '2026-03-31T05:00:00Z' }],
    ['a word misspelt', { as_of: '2026-03-31' }],
    ['revision zero', { asOf: '2026-03-31', revision: 0 }],
  ])('%s is refused', (_, event) => {
    expect(() => dueRun(event, 'UTC')).toThrow(/the event: found .*expected \{ "scheduledTime"/);
  });
});

const closed = vi.fn(async () => undefined);
const lines: Record<string, unknown>[] = [];
const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 840_000 };
const config = loadConfig({
  text: `time_zone: Asia/Tokyo\n${soundConfig()}`,
  file: 'holdfast.yaml',
});

const outcome = {
  manifest: { job: 'score-accounts', run_key: 'key-1', degraded: true, summary: { accounts: 3 } },
  computed: true,
  latest: true,
  events: { planned: 4, delivered: 4 },
  mail: {
    planned: 8,
    sent: 2,
    held: 3,
    uncertain: 1,
    refused: 2,
    waiting: 0,
    doubtful: ['a', 'b'],
    broken: ['c'],
  },
} as unknown as JobOutcome;

const jobThat = (run: (input: JobInput, ports: JobPorts) => Promise<JobOutcome>): Job => ({
  name: 'score-accounts',
  purpose: 'of a test',
  tables: [],
  run,
});

const worldWith = (openWarehouse: LambdaWorld['openWarehouse']) => (): LambdaWorld => ({
  config,
  clock: fakeClock(),
  store: memoryObjectStore(),
  bus: null,
  mail: { mailer: null, draft: null, random: Math.random },
  openWarehouse,
});

const warehouse = { close: closed } as unknown as Warehouse;
const world = worldWith(() => warehouse);
const event = { scheduledTime: '2026-03-31T20:00:00Z', executionId: 'execution-1' };

beforeEach(() => {
  // Makes Powertools write to the console that a test can hear.
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'holdfast-test');
  for (const level of ['log', 'info', 'warn', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((text) => void lines.push(JSON.parse(text)));
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  lines.splice(0);
  closed.mockClear();
});

describe('a run', () => {
  test('is given the day, the config and the time it has left, and its summary is the answer', async () => {
    let left = 0;
    let seen: JobInput | undefined;
    const job = jobThat(async (input) => {
      seen = input;
      return outcome;
    });
    const open = worldWith((remainingMs) => {
      left = remainingMs();
      return warehouse;
    });
    expect(await lambdaJob(job, open)(event, context)).toEqual({
      job: 'score-accounts',
      as_of: '2026-04-01',
      run_key: 'key-1',
      computed: true,
      latest: true,
      events: { planned: 4, delivered: 4 },
      mail: outcome.mail,
      degraded: true,
      summary: { accounts: 3 },
    });
    expect(seen).toEqual({ asOf: '2026-04-01', config });
    expect(left).toBe(840_000);
    expect(closed).toHaveBeenCalledOnce();
  });

  test('reads the config once, and opens a warehouse for each invocation', async () => {
    const open = vi.fn(() => warehouse);
    const openWorld = vi.fn(worldWith(open));
    const handler = lambdaJob(
      jobThat(async () => outcome),
      openWorld,
    );
    await handler(event, context);
    await handler({ asOf: '2026-03-30' }, { ...context, awsRequestId: 'request-2' });
    expect(openWorld).toHaveBeenCalledOnce();
    expect(open).toHaveBeenCalledTimes(2);
    expect(lines.at(-2)).toMatchObject({ request_id: 'request-2', as_of: '2026-03-30' });
    expect(lines.at(-2)).not.toHaveProperty('execution_id');
  });

  test('tells its log what it does, under the ids by which it can be found', async () => {
    const job = jobThat(async (_, { progress }) => {
      const step = progress.step('Scoring');
      for (let done = 1; done <= 100; done += 1) step.update(done, 100);
      step.done('100 accounts');
      return outcome;
    });
    await lambdaJob(job, world)(event, context);
    const ids = { job: 'score-accounts', request_id: 'request-1', execution_id: 'execution-1' };
    const told = lines.filter(({ message }) => message !== undefined);
    for (const line of told) expect(line).toMatchObject({ ...ids, as_of: '2026-04-01' });
    expect(told.map(({ message, done, outcome }) => [message, done ?? outcome])).toEqual([
      ['Run begins', undefined],
      ['Scoring', undefined],
      ...[10, 20, 30, 40, 50, 60, 70, 80, 90, 100].map((done) => ['Scoring', done]),
      ['Scoring', '100 accounts'],
      ['Run succeeded', undefined],
    ]);
    expect(told.at(-1)).toMatchObject({ run_key: 'key-1' });
  });

  test('counts its success under the dimensions that the alarm looks at', async () => {
    await lambdaJob(
      jobThat(async () => outcome),
      world,
    )(event, context);
    expect(lines.at(-1)).toMatchObject({
      _aws: { CloudWatchMetrics: [{ Namespace: 'Holdfast', Dimensions: [['service', 'job']] }] },
      service: 'holdfast-test',
      job: 'score-accounts',
      RunSucceeded: 1,
      accounts: 3,
      degraded: 1,
      // Of this day and of those before it, with what is broken; refused and held are of this day.
      MailUncertain: 3,
      MailRefused: 2,
      MailHeld: 3,
    });
  });

  test('counts no mail where none was planned and none is in doubt', async () => {
    const mail = { ...outcome.mail, planned: 0, doubtful: [], broken: [] };
    await lambdaJob(
      jobThat(async () => ({ ...outcome, mail })),
      world,
    )(event, context);
    expect(lines.at(-1)).not.toHaveProperty('MailUncertain');
  });
});

describe('a run that fails', () => {
  const failing = (error: unknown) =>
    lambdaJob(
      jobThat(async () => Promise.reject(error)),
      world,
    )(event, context);
  const problem = { found: 'nothing', expected: 'a table', fix: 'Map it.' };

  test('logs each problem, closes the warehouse and counts no success', async () => {
    const error = new HoldfastError('data', [
      { where: 'sources.accounts', ...problem },
      { where: 'sources.contracts', ...problem },
    ]);
    await expect(failing(error)).rejects.toThrow(error.message);
    const errors = lines.filter(({ level }) => level === 'ERROR');
    expect(errors.map(({ message }) => message)).toEqual([
      'sources.accounts: found nothing; expected a table. Map it.',
      'sources.contracts: found nothing; expected a table. Map it.',
      'Run failed',
    ]);
    expect(errors.at(-1)).toMatchObject({ kind: 'data', stack: expect.stringContaining(' at ') });
    expect(closed).toHaveBeenCalledOnce();
    expect(lines.some((line) => 'RunSucceeded' in line)).toBe(false);
  });

  test.each([
    new HoldfastError('query', [
      {
        where: 'query x',
        ...problem,
        found: "cannot cast 'l.fischer@harbourline.example' to double",
      },
    ]),
    new Error('row (A-1, l.fischer@harbourline.example) is odd', {
      cause: { row: 'l.fischer@harbourline.example' },
    }),
    'l.fischer@harbourline.example',
  ])('says nobody’s address, neither in the log nor to Lambda: %#', async (error) => {
    const thrown = await failing(error).catch((reason: unknown) => reason);
    expect(thrown).toBeInstanceOf(Error);
    expect(`${(thrown as Error).stack} ${JSON.stringify(lines)}`).not.toContain('fischer');
    expect((thrown as Error).message).toContain('(address)');
    expect(thrown).not.toHaveProperty('cause');
  });

  test('tries anew to read a config that could not be read', async () => {
    const openWorld = vi.fn(world).mockImplementationOnce(() => {
      throw new HoldfastError('config', [{ where: 'holdfast.yaml', ...problem }]);
    });
    const handler = lambdaJob(
      jobThat(async () => outcome),
      openWorld,
    );
    await expect(handler(event, context)).rejects.toThrow('holdfast.yaml');
    await expect(handler(event, context)).resolves.toMatchObject({ run_key: 'key-1' });
  });
});
