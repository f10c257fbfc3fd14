import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { resvgRasterizer } from '../../functions/adapters/resvg-rasterizer.ts';
import { weeklySummary } from '../../shared/jobs/weekly-summary.ts';
import { MOST_BYTES } from '../../shared/reports/mail-layout.ts';
import { memoryObjectStore } from '../kit/memory-object-store.ts';
import { publishDay } from '../kit/published-week.ts';
import { noWarehouse, portsOf } from '../kit/scored-company.ts';
import { weekEnd, weekScenarios } from '../kit/week-scenarios.ts';

const folder = join(import.meta.dirname, 'weekly-summary');
const update = process.env.UPDATE_GOLDEN === '1';

const MOST_MESSAGE_BYTES = 2_000_000;

/** Runs the week over what is published, and reads its mails as they lie in the outbox. */
async function mailsOf(scenario: string) {
  const { days, config } = (
    weekScenarios[scenario] as () => (typeof weekScenarios)[string] extends () => infer S
      ? S
      : never
  )();
  const store = memoryObjectStore();
  for (const day of days) await publishDay(store, day);
  const ports = { ...portsOf(noWarehouse, store), rasterizer: resvgRasterizer() };
  const { manifest } = await weeklySummary.run({ asOf: weekEnd, config }, ports);
  const read = (key: string) => Buffer.from(store.objects.get(key)?.bytes ?? []).toString();
  const messages = [...store.objects.keys()]
    .filter((key) => /^outbox\/[0-9a-f]+\/message\.json$/.test(key))
    .map((key) => ({ text: read(key), message: JSON.parse(read(key)) }));
  return { manifest, messages, page: read(`reports/weekly/${weekEnd}/index.html`) };
}

describe.each(Object.keys(weekScenarios))('the week %s', (scenario) => {
  test('reads as it did', async () => {
    const { messages } = await mailsOf(scenario);
    const [summary] = messages.filter(({ message }) => message.kind === 'weekly_summary');
    const [csm] = messages
      .filter(({ message }) => message.kind === 'csm_weekly')
      .sort((a, b) => (a.message.to.address < b.message.to.address ? -1 : 1));
    expect(summary).toBeDefined();
    const attached = Object.fromEntries(
      (summary?.message.attachments ?? [])
        .filter(({ contentType }: { contentType: string }) => contentType.startsWith('text/'))
        .map(({ filename, content }: { filename: string; content: string }) => [
          filename,
          Buffer.from(content, 'base64').toString(),
        ]),
    ) as Record<string, string>;
    const files: Record<string, string> = {
      'subject.txt': `${summary?.message.subject}\n`,
      'mail.html': summary?.message.html,
      'mail.txt': summary?.message.text,
      ...(scenario === 'forty-thousand-at-risk' ? {} : attached),
      ...(csm && {
        'csm.html': csm.message.html,
        'csm.txt': `${csm.message.subject}\n\n${csm.message.text}`,
      }),
    };
    mkdirSync(join(folder, scenario), { recursive: true });
    for (const [name, text] of Object.entries(files)) {
      const path = join(folder, scenario, name);
      if (update || !existsSync(path)) writeFileSync(path, text);
      else expect(text, name).toBe(readFileSync(path, 'utf8'));
    }
    if (!update)
      expect(Object.keys(files).sort()).toEqual(readdirSync(join(folder, scenario)).sort());
    for (const { text, message } of messages) {
      expect(Buffer.byteLength(message.html), message.subject).toBeLessThan(MOST_BYTES);
      expect(Buffer.byteLength(text)).toBeLessThan(MOST_MESSAGE_BYTES);
    }
  }, 120_000);
});
