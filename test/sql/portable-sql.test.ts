import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sourceIds, sourceOf } from '../../shared/sources/index.ts';
import { recordQueries, writeCompanies } from './company-queries.ts';
import type { RecordedQuery } from './recording-warehouse.ts';
import { trinoComplaints } from './trino-rules.ts';
import { unloadedSelect } from './unloaded-select.ts';

let root: string;
const byCompany = new Map<string, readonly RecordedQuery[]>();
let queries: readonly RecordedQuery[];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'holdfast-sql-'));
  for (const company of await writeCompanies(root, 40)) {
    byCompany.set(company.title, await recordQueries(company));
  }
  queries = [...byCompany.values()].flat();
});

afterAll(() => rm(root, { recursive: true, force: true }));

test('every query reads as Trino, and uses nothing that means something else there', () => {
  const texts = new Map(
    queries.map(({ name, sql, stream }) => [stream ? unloadedSelect(stream) : sql, name]),
  );
  const complaints = [...texts].flatMap(([sql, name]) => {
    return trinoComplaints(sql).map((complaint) => `${name} ${complaint}\n${sql}`);
  });
  expect(complaints).toEqual([]);
});
