import { expect, test } from 'vitest';
import { companyFolder } from '../../kit/company-folder.ts';
import { runCli } from '../../kit/run-cli.ts';

test('a receipt can be read and added up in a terminal', async () => {
  const { config, out } = companyFolder();
  const where = ['--as-of', '2026-11-22', '--out', out];
  const run = ['run', 'score-accounts', '--config', config, ...where];
  expect(await runCli(...run)).toMatchObject({ code: 0 });
  const explained = await runCli('explain', 'A-2', ...where);
  expect(explained).toMatchObject({ code: 0 });
  const text = explained.out;
  const lines = text.split('\n');
  expect(lines[0]).toBe('Corvid Bank (A-2) · as of 2026-11-22');
  expect(lines[1]).toEqual(
    expect.stringMatching(/^mid_market · \w+ · APAC · j.tanaka@harbourline.example · ARR \$66.6K$/),
  );
  const score = Number(/^Health (\d+\.\d) /m.exec(text)?.[1]);
  const added = lines
    .map((line) => /^(\w+) +\w+ +[\d.]+ +[\d.]+ +([\d.]+) {2}\S/.exec(line))
    .reduce((sum, found) => sum + Math.round(Number(found?.[2] ?? 0) * 10), 0);
  const gate = Math.round(Number(/^ +gate +(-?[\d.]+)/m.exec(text)?.[1]) * 10);
  expect(added + gate).toBe(Math.round(score * 10));
  expect(text).toMatch(/^What would turn it/m);
  expect(text).toContain('Why it moved: no earlier run to compare with');
  expect(text).toContain('1 of 1 detractor not yet answered');
});
