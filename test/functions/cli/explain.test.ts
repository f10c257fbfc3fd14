import { expect, test } from 'vitest';
import { companyFolder } from '../../kit/company-folder.ts';
import { runCli } from '../../kit/run-cli.ts';

test('a receipt can be read and added up in a terminal', async () => {
  const { config, out } = companyFolder();
  const where = ['--config', config, '--as-of', '2026-11-22', '--out', out];
  expect(await runCli('run', 'score-accounts', ...where)).toMatchObject({ code: 0 });
  const explained = await runCli('explain', 'A-2', ...where);
  expect(explained).toMatchObject({ code: 0 });
  const text = explained.out;
  const lines = text.split('\n');
  expect(lines[0]).toBe('Corvid Bank (A-2) · as of 2026-11-22');
  expect(lines[1]).toBe('mid_market · APAC · j.tanaka@harbourline.example · ARR $66K');
  const score = Number(/^Health (\d+\.\d) /m.exec(text)?.[1]);
  const added = lines
    .map((line) =>
      /^(usage|support|sentiment|commercial) +\w+ +[\d.]+ +[\d.]+ +([\d.]+)/.exec(line),
    )
    .reduce((sum, found) => sum + Math.round(Number(found?.[2] ?? 0) * 10), 0);
  const gate = Math.round(Number(/^ +gate +(-?[\d.]+)/m.exec(text)?.[1]) * 10);
  expect(added + gate).toBe(Math.round(score * 10));
  expect(text).toMatch(/points below (green|yellow), which begins at|Green begins at/);
  expect(text).toContain('1 of 1 detractor not yet answered');
});
