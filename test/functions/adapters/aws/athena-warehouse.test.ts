import { AthenaClient } from '@aws-sdk/client-athena';
import { S3Client } from '@aws-sdk/client-s3';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type AthenaWarehouseOptions,
  athenaWarehouse,
} from '../../../../functions/adapters/aws/athena-warehouse.ts';
import { s3ObjectStore } from '../../../../functions/adapters/aws/s3-object-store.ts';
import type { StreamQuery, Warehouse } from '../../../../shared/ports/warehouse.ts';
import { type FakeAthena, fakeAthena } from '../../../kit/fake-athena.ts';
import { type FakeClock, fakeClock } from '../../../kit/fake-clock.ts';
import { type FakeS3, fakeS3 } from '../../../kit/fake-s3.ts';

const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
await connection.run(`CREATE TABLE accounts AS
  SELECT 'acc-' || lpad(CAST(i AS VARCHAR), 4, '0') AS account_id, i AS seats FROM range(300) t(i)`);

const query: StreamQuery = {
  name: 'account-features',
  runKey: 'score-accounts/2026-03-01/abc',
  sql: 'SELECT account_id, CAST(seats AS INTEGER) AS seats FROM accounts -- of all',
  orderBy: 'account_id',
  rowsExpected: 300,
};

let s3: FakeS3;
let athena: FakeAthena;
let clock: FakeClock;

beforeEach(async () => {
  clock = fakeClock();
  s3 = await fakeS3();
  athena = await fakeAthena({ connection, s3, now: clock.now });
});

afterEach(async () => {
  await athena.close();
  await s3.close();
});

/** One attempt of a run: a process of its own, over the same engine and the same scratch. */
const attempt = (options: Partial<AthenaWarehouseOptions> = {}): Warehouse => {
  const s3Client = new S3Client({ ...s3.client, maxAttempts: 1 });
  return athenaWarehouse({
    client: new AthenaClient({ ...athena.client, maxAttempts: 1 }),
    scratch: s3ObjectStore({ client: s3Client, bucket: 'lake', prefix: 'scratch', clock }),
    scratchAddress: 's3://lake/scratch/',
    catalog: 'AwsDataCatalog',
    database: 'crm',
    workgroup: 'holdfast',
    clock,
    random: () => 0.5,
    ...options,
  });
};

const accountsIn = async (warehouse: Warehouse, over: Partial<StreamQuery> = {}) => {
  const ids: unknown[] = [];
  for await (const batch of warehouse.stream({ ...query, ...over })) {
    ids.push(...Array.from(batch.columns.account_id ?? []));
  }
  return ids;
};

const placesOf = () => athena.executions.map(({ sql }) => / TO '([^']+)'/.exec(sql)?.[1]);

describe('patience', () => {
  test('throttling of every call is waited out', async () => {
    athena.faults.next('StartQueryExecution', 'throttle', 2);
    athena.faults.next('GetQueryExecution', 'throttle', 3);
    athena.faults.next('GetQueryResults', 'throttle');
    const { rows } = await attempt().read({
      name: 'count',
      sql: 'SELECT count(*) AS n FROM accounts',
    });
    expect(rows).toEqual([{ n: 300 }]);
    expect(clock.sleeps.slice(0, 2)).toEqual([400, 800]);
  });

  test('throttling without end is told as such', async () => {
    athena.faults.next('StartQueryExecution', 'throttle', 100);
    await expect(attempt().read({ name: 'count', sql: 'SELECT 1 AS n' })).rejects.toMatchObject({
      kind: 'warehouse',
      problems: [{ where: 'query count', found: expect.stringContaining('TooManyRequests') }],
    });
    expect(athena.calls).toHaveLength(6);
  });

  test.each(['drop', 'lose-reply', '500', 'cut-body'] as const)(
    'a call that meets %s is made again, and the engine runs the query once',
    async (fault) => {
      for (const call of ['StartQueryExecution', 'GetQueryExecution', 'GetQueryResults']) {
        athena.faults.next(call, fault);
      }
      const { rows } = await attempt().read({ name: 'one', sql: 'SELECT 1 AS n' });
      expect(rows).toEqual([{ n: 1 }]);
      expect(athena.executions).toHaveLength(1);
    },
  );

  test('a slow query is looked at less and less often, every five seconds at the last', async () => {
    athena.faults.next('StartQueryExecution', 'slow 9');
    await attempt().read({ name: 'slow', sql: 'SELECT 1 AS n' });
    expect(clock.sleeps).toEqual([500, 750, 1125, 1688, 2531, 3797, 5000, 5000, 5000]);
  });

  test('the pauses of many callers are spread', async () => {
    athena.faults.next('StartQueryExecution', 'slow 2');
    await attempt({ random: () => 0 }).read({ name: 'slow', sql: 'SELECT 1 AS n' });
    expect(clock.sleeps).toEqual([400, 600]);
  });
});

describe('a query that fails', () => {
  test('passing failures get a new try in a new place', async () => {
    athena.faults.next('StartQueryExecution', 'fail-retryable', 2);
    expect(await accountsIn(attempt())).toHaveLength(300);
    expect(new Set(placesOf()).size).toBe(3);
    expect(new Set(athena.executions.map(({ token }) => token)).size).toBe(3);
  });

  test('three passing failures are enough, and do not stand in the way of the next run', async () => {
    athena.faults.next('StartQueryExecution', 'fail-retryable', 3);
    await expect(accountsIn(attempt())).rejects.toMatchObject({
      kind: 'warehouse',
      problems: [{ found: 'INTERNAL_ERROR: told to break half way' }],
    });
    expect(athena.executions).toHaveLength(3);
    expect(await accountsIn(attempt())).toHaveLength(300);
    expect(athena.executions).toHaveLength(4);
  });

  test('a lasting failure is told in the words of the engine at once', async () => {
    athena.faults.next('StartQueryExecution', 'fail');
    await expect(accountsIn(attempt())).rejects.toMatchObject({
      kind: 'query',
      problems: [{ where: 'query account-features', found: 'GENERIC_USER_ERROR: told to fail' }],
    });
    expect(athena.executions).toHaveLength(1);
    // Somebody mends the source: the same run must not be tied to its old failure.
    expect(await accountsIn(attempt())).toHaveLength(300);
  });

  test('a denied call names the permissions to look at', async () => {
    athena.faults.next('StartQueryExecution', 'deny');
    await expect(accountsIn(attempt())).rejects.toThrow(/AccessDenied.*athena:StartQueryExecution/);
  });

  test('a query cancelled by somebody else is an error, not an answer', async () => {
    athena.faults.next('StartQueryExecution', 'slow 5');
    const warehouse = attempt({
      clock: {
        now: clock.now,
        sleep: async () => {
          for (const execution of athena.executions) execution.state = 'CANCELLED';
        },
      },
    });
    await expect(accountsIn(warehouse)).rejects.toThrow('it cancelled');
  });
});

describe('a second attempt of the same run', () => {
  test('re-attaches to what the engine has done', async () => {
    const first = await accountsIn(attempt());
    expect(await accountsIn(attempt())).toEqual(first);
    expect(athena.executions).toHaveLength(1);
  });

  test('re-attaches by the token when the id was not yet written down', async () => {
    await accountsIn(attempt());
    for (const name of s3.objects.keys()) if (name.endsWith('.json')) s3.objects.delete(name);
    expect(await accountsIn(attempt())).toHaveLength(300);
    expect(athena.executions).toHaveLength(1);
  });

  test('re-attaches by the written id when the token has expired', async () => {
    await accountsIn(attempt());
    athena.forgetTokens();
    expect(await accountsIn(attempt())).toHaveLength(300);
    expect(athena.executions).toHaveLength(1);
  });

  test.each([
    ['another run', { runKey: 'score-accounts/2026-03-02/abc' }],
    ['another query', { sql: `${query.sql}\nWHERE seats >= 0`.replace('-- of all', '') }],
  ])('%s has its own execution', async (_, over) => {
    await accountsIn(attempt());
    expect(await accountsIn(attempt(), over)).toHaveLength(300);
    expect(athena.executions).toHaveLength(2);
  });

  test('an answer of days ago may have lost its files, so it is asked again', async () => {
    await accountsIn(attempt());
    await clock.sleep(48 * 3_600_000);
    expect(await accountsIn(attempt())).toHaveLength(300);
    expect(athena.executions).toHaveLength(2);
  });

  test('two attempts at once share one execution', async () => {
    const both = await Promise.all([accountsIn(attempt()), accountsIn(attempt())]);
    expect(both.map((ids) => ids.length)).toEqual([300, 300]);
    expect(athena.executions).toHaveLength(1);
  });
});

describe('stopping', () => {
  test('out of time, the query is left running and the next attempt finds it', async () => {
    athena.faults.next('StartQueryExecution', 'slow 30');
    const deadline = clock.now().getTime() + 100_000;
    const first = attempt({ remainingMs: () => deadline - clock.now().getTime() });
    await expect(accountsIn(first)).rejects.toThrow('the next attempt re-attaches to it');
    await first.close();
    expect(athena.calls).not.toContain('StopQueryExecution');
    expect(await accountsIn(attempt())).toHaveLength(300);
    expect(athena.executions).toHaveLength(1);
  });

  test('out of time, a small question is stopped: nobody would come back for it', async () => {
    athena.faults.next('StartQueryExecution', 'slow 30');
    const reading = attempt({ remainingMs: () => 1_000 }).read({
      name: 'one',
      sql: 'SELECT 1 AS n',
    });
    await expect(reading).rejects.toThrow('still running, and stopped it');
    expect(athena.executions[0]?.state).toBe('CANCELLED');
  });

  test('an abort stops the query in the engine, and the next attempt starts another', async () => {
    athena.faults.next('StartQueryExecution', 'slow 30');
    const abort = new AbortController();
    const sleep = () => {
      abort.abort(new Error('SIGINT'));
      return new Promise<void>(() => {});
    };
    const pausing = { now: clock.now, sleep };
    await expect(
      accountsIn(attempt({ signal: abort.signal, clock: pausing })),
    ).rejects.toMatchObject({ kind: 'warehouse', cause: { message: 'SIGINT' } });
    expect(athena.executions[0]?.state).toBe('CANCELLED');
    expect(await accountsIn(attempt())).toHaveLength(300);
  });

  test('after an abort nothing is started', async () => {
    await expect(accountsIn(attempt({ signal: AbortSignal.abort() }))).rejects.toThrow('stopped');
    expect(athena.calls).toEqual([]);
  });

  test('close stops what is waited for', async () => {
    athena.faults.next('StartQueryExecution', 'slow 30');
    const sleep = async () => void (await warehouse.close());
    const warehouse: Warehouse = attempt({ clock: { now: clock.now, sleep } });
    await expect(accountsIn(warehouse)).rejects.toThrow('it cancelled');
    expect(athena.executions[0]?.state).toBe('CANCELLED');
  });
});

describe('the answer', () => {
  test('of no rows is no batch', async () => {
    expect(await accountsIn(attempt(), { sql: 'SELECT * FROM accounts WHERE false' })).toEqual([]);
  });

  test('comes from the files of the manifest, not from what lies beside them', async () => {
    await accountsIn(attempt());
    const place = placesOf()[0]?.replace('s3://', '');
    s3.put(`${place}holdfast_bucket=1/stray.parquet`, 'not even parquet');
    expect(await accountsIn(attempt())).toHaveLength(300);
  });

  test('with a file missing is refused', async () => {
    await accountsIn(attempt());
    const file = [...s3.objects.keys()].find((name) => name.endsWith('.parquet')) ?? '';
    s3.objects.delete(file);
    await expect(accountsIn(attempt())).rejects.toThrow(`no file s3://${file}`);
  });

  test('outside scratch is refused with what to mend', async () => {
    await athena.close();
    athena = await fakeAthena({ connection, s3, outputLocation: 's3://elsewhere/' });
    await expect(accountsIn(attempt())).rejects.toThrow(/s3:\/\/elsewhere.*workgroup/);
  });

  test('survives a dropped connection while its files are read', async () => {
    s3.faults.next('GetObject', 'drop', 2);
    s3.faults.next('GetObject', 'cut-body', 3);
    expect(await accountsIn(attempt())).toHaveLength(300);
  });

  test('is cut into at most a hundred buckets, a batch for each', async () => {
    let batches = 0;
    for await (const batch of attempt().stream({ ...query, rowsExpected: 10_000_000 })) {
      expect(batch.rowCount).toBe(3);
      batches += 1;
    }
    expect(batches).toBe(100);
  });

  test('without a text to order by is refused', async () => {
    const sql = 'SELECT CAST(NULL AS VARCHAR) AS account_id FROM accounts';
    await expect(accountsIn(attempt(), { sql })).rejects.toThrow('null as account_id');
  });
});
