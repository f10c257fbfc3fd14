import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sourceIds, sourceOf } from '../../shared/sources/index.ts';
import { recordQueries, writeCompanies } from './company-queries.ts';
import type { RecordedQuery } from './recording-warehouse.ts';
import { trinoComplaints } from './trino-rules.ts';
import { unloadedSelect } from './unloaded-select.ts';

describe('the queries of a run and a doctor’s visit', () => {
  let root: string;
  const queries: RecordedQuery[] = [];

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'holdfast-sql-'));
    for (const company of await writeCompanies(root, 40)) {
      queries.push(...(await recordQueries(company)));
    }
  }, 240_000);

  afterAll(() => rm(root, { recursive: true, force: true }));

  test('read as Trino, and use nothing that means something else there', () => {
    const texts = queries.map(({ name, sql, stream }) => {
      return [stream ? unloadedSelect(stream) : sql, name] as const;
    });
    const complaints = [...new Map(texts)].flatMap(([sql, name]) =>
      trinoComplaints(sql).map((complaint) => `${name} ${complaint}\n${sql}`),
    );
    expect(complaints).toEqual([]);
  }, 240_000);

  // A query that nothing leads to would not be looked at.
  test('are all there: every check of every source has found something to show', () => {
    const names = new Set(queries.map(({ name }) => name));
    const expected = sourceIds.flatMap((id) => {
      const { columns, checks = [] } = sourceOf(id);
      const refers = Object.keys(columns).filter((name) => columns[name]?.refersTo);
      const orphan = refers.length > 0 ? ['orphan'] : [];
      const found = ['null', 'duplicate_key', ...orphan, ...checks.map((check) => check.id)];
      return [
        `${id}-columns`,
        `${id}-checks`,
        `${id}-keys`,
        ...refers.map((name) => `${id}-${name}-orphans`),
        ...found.map((check) => `${id}-${check}-examples`),
      ];
    });
    const others = [
      ...['account-features', 'contracts-arr-expression', 'check-long_terms-examples'],
      ...['renewal-lines', 'renewal-features', 'renewal-opportunities', 'entitlements'],
    ];
    expect([...expected, ...others].filter((name) => !names.has(name))).toEqual([]);
  });
});

describe('the rules', () => {
  test.each([
    'SELECT a::BIGINT FROM t',
    'SELECT a FROM t GROUP BY ALL',
    'SELECT * EXCLUDE (a) FROM t',
    'SELECT a FROM t QUALIFY row_number() OVER (ORDER BY a) = 1',
    "SELECT a AT TIME ZONE 'UTC' FROM t",
    "SELECT regexp_like(a, 'x') FROM t",
    'SELECT a / b FROM t',
    'SELECT a * 0.5 FROM t',
    'SELECT approx_distinct(a) FROM t',
    'SELECT CAST(a AS HUGEINT) FROM t',
    "SELECT date_add('day', 1, a) FROM t",
    'SELECT a FROM t WHERE (b, c) IN (SELECT (b, c) FROM u)',
    'SELECT a FROM t LIMIT 1 +',
    'UNLOAD (SELECT 1) TO x',
  ])('refuse %s', (sql) => {
    expect(trinoComplaints(sql)).not.toEqual([]);
  });

  test.each([
    "SELECT a / NULLIF(b, 0E0), 'AT TIME ZONE x::y 0.5' FROM t -- a / b",
    'SELECT count_if(a) FILTER (WHERE b), CAST(c AS DECIMAL(18, 4)) / 2.5E0 FROM t',
    'SELECT a FROM t WHERE b IN (SELECT c FROM u) ORDER BY 1 LIMIT 3',
  ])('let pass %s', (sql) => {
    expect(trinoComplaints(sql)).toEqual([]);
  });
});
