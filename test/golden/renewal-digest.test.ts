import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toDay } from '../../shared/basics/day.ts';
import { renewalDigests } from '../../shared/jobs/renewal-digests.ts';
import { MOST_BYTES } from '../../shared/reports/mail-layout.ts';
import { digestConfig, type RenewalChange, seenDay, seenRenewal } from '../kit/seen-renewal.ts';

/** What stands in rows.json: how each renewal differs from a healthy one. */
interface Scenario {
  readonly renewals: readonly (RenewalChange & { readonly nameTimes?: number })[];
  /** So many of each, with other ids and amounts. */
  readonly copies?: number;
  readonly healthOn?: string | null;
  readonly states?: Parameters<typeof renewalDigests>[0]['states'];
}

const folder = join(import.meta.dirname, 'renewal-digest');
const update = process.env.UPDATE_GOLDEN === '1';

const digestOf = ({ renewals, copies = 1, healthOn = seenDay, states = [] }: Scenario) => {
  const digests = renewalDigests({
    ...{ asOf: seenDay, config: digestConfig, states, definitionsId: 'renewals-1-0123456789ab' },
    healthOn: healthOn === null ? null : toDay(healthOn),
  });
  for (let copy = 0; copy < copies; copy += 1) {
    for (const { id = 'C-1', arr = 120_000, nameTimes = 1, ...change } of renewals) {
      const own = copies === 1 ? { id, arr } : { id: `${id}-${copy}`, arr: arr + copy };
      const name = change.name?.repeat(nameTimes);
      digests.add(seenRenewal({ ...change, ...own, ...(name === undefined ? {} : { name }) }));
    }
  }
  return [...digests.finish()];
};

test.each(readdirSync(folder))('the digest of %s reads as it did', (scenario) => {
  const at = (name: string) => join(folder, scenario, name);
  const messages = digestOf(JSON.parse(readFileSync(at('rows.json'), 'utf8')));
  expect(messages).toHaveLength(1);
  const [mail] = messages;
  if (mail === undefined) return;
  const [calendar] = mail.attachments;
  const cc = mail.cc.map(({ address }) => address).join(', ');
  const files = {
    'subject.txt': `${mail.subject}\nTo: ${mail.to.address}\nCc: ${cc}\n`,
    'mail.html': mail.html,
    'mail.txt': mail.text,
    'renewals.ics': new TextDecoder().decode(calendar?.content),
  };
  expect(Buffer.byteLength(mail.html)).toBeLessThan(MOST_BYTES);
  for (const [name, text] of Object.entries(files)) {
    if (update || !existsSync(at(name))) writeFileSync(at(name), text);
    else expect(text, name).toBe(readFileSync(at(name), 'utf8'));
  }
});
