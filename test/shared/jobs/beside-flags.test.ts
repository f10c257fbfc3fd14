import { expect, test } from 'vitest';
import { besideFlags } from '../../../shared/jobs/beside-flags.ts';
import { riskFlagRow } from '../../../shared/jobs/risk-rows.ts';
import { parquetFile } from '../../../shared/publish/parquet-file.ts';
import { riskFlags } from '../../../shared/publish/risk-tables.ts';
import { memoryObjectStore } from '../../kit/memory-object-store.ts';
import { aRiskFlag } from '../risk/a-risk-flag.ts';

const alertOf = (row: number) => ({
  ...{ ownerEmail: 'a@x', rank: 1, decision: 'shown' as const, reason: 'within', row },
});

test('each alert is told by its own row', async () => {
  const store = memoryObjectStore();
  const file = parquetFile(riskFlags, await store.upload());
  for (let row = 0; row < 20_000; row += 1) {
    const name = row % 3 === 0 ? null : `Account ${row}`;
    file.add(riskFlagRow({ ...aRiskFlag, accountId: `A-${row}`, name, arrCents: row }));
  }
  const { path } = await file.finish((sha256) => sha256);
  const rows = [0, 3, 4, 5, 8_191, 8_192, 8_193, 16_383, 16_384, 19_999];
  const told: unknown[] = [];
  await besideFlags(store, path, rows.map(alertOf), ({ row }, columns, at) => {
    const cell = (name: string) => columns[name]?.[at];
    told.push([row, cell('account_id'), cell('name'), cell('arr_cents'), cell('due_on')]);
  });
  expect(told).toEqual(
    rows.map((row) => [
      ...[row, `A-${row}`, row % 3 === 0 ? null : `Account ${row}`, row],
      aRiskFlag.dueOn,
    ]),
  );
  const nothing = besideFlags(store, path, [alertOf(20_000)], () => undefined);
  await expect(nothing).rejects.toThrow('every alert is of a flag that was written');
});
