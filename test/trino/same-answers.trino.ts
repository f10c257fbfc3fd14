import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { duckdbWarehouse } from '../../functions/adapters/local/duckdb-warehouse.ts';
import { HoldfastError } from '../../shared/basics/problem.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import { type Company, recordQueries, runScores, writeCompanies } from '../sql/company-queries.ts';
import { type RecordedQuery, recordingWarehouse } from '../sql/recording-warehouse.ts';
import { differences } from './differences.ts';
import { loadSchema } from './load-schema.ts';
import { trinoWarehouse } from './trino-warehouse.ts';

const address = inject('trino');

describe.skipIf(address === '')('Trino and DuckDB', () => {
  let root: string;
  let companies: readonly (Company & { readonly trino: Warehouse })[];

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'holdfast-trino-'));
    companies = await Promise.all(
      (await writeCompanies(root, 60)).map(async (company) => {
        const trino = trinoWarehouse(await loadSchema(address, company.folder));
        return { ...company, trino };
      }),
    );
  });

  afterAll(() => rm(root, { recursive: true, force: true }));

  test('give the same answer to every query of a run and a doctor’s visit', async () => {
    const found: string[] = [];
    let asked = 0;
    for (const { trino, ...company } of companies) {
      for (const query of await recordQueries(company)) {
        asked += 1;
        const isOrdered = /\bORDER BY [^()]+$/.test(query.sql);
        const told = differences(query.answer, await answerOf(trino, query), { isOrdered });
        found.push(...told.map((what) => `${company.title}: ${query.name}: ${what}`));
      }
    }
    console.log(`${asked} queries over ${companies.length} companies`);
    expect(found).toEqual([]);
    expect(asked).toBeGreaterThan(150);
  });

  test('make the same tables of a run, byte for byte', async () => {
    const scored: string[] = [];
    for (const { trino, ...company } of companies) {
      const duckdb = await duckdbWarehouse({ path: company.folder });
      const here = await runScores(company, wordless(duckdb));
      const there = await runScores(company, wordless(trino));
      await duckdb.close();
      expect([...(there?.objects.keys() ?? [])]).toEqual([...(here?.objects.keys() ?? [])]);
      for (const [key, { bytes }] of here?.objects ?? []) {
        const same = Buffer.compare(bytes, there?.objects.get(key)?.bytes ?? Buffer.alloc(0));
        expect(same, `${company.title}: ${key}`).toBe(0);
      }
      if (here !== null) scored.push(company.title);
    }
    expect(scored).toEqual(['sample', 'untidy', 'mapped']);
  });
});

async function answerOf(trino: Warehouse, query: RecordedQuery): Promise<RecordedQuery['answer']> {
  const { warehouse, queries } = recordingWarehouse(trino);
  try {
    if (query.stream === undefined) await warehouse.read(query);
    else for await (const _ of warehouse.stream(query.stream));
  } catch (error) {
    if (queries.length === 0) throw error;
  }
  return queries[0]?.answer ?? null;
}

/** Refuses in the same words whatever the engine: results quote them, and each has its own. */
const wordless = (warehouse: Warehouse): Warehouse => ({
  ...warehouse,
  read: async (query) => {
    try {
      return await warehouse.read(query);
    } catch (error) {
      if (!(error instanceof HoldfastError) || error.kind !== 'query') throw error;
      const problem = { where: query.name, found: 'a refusal', expected: 'an answer', fix: '' };
      throw new HoldfastError('query', [problem]);
    }
  },
});
