import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import type { SeenRenewal } from '../../../shared/jobs/digest-renewals.ts';
import { renewalDigests } from '../../../shared/jobs/renewal-digests.ts';
import { MOST_BYTES } from '../../../shared/reports/mail-layout.ts';
import { digestConfig, type RenewalChange, seenDay, seenRenewal } from '../../kit/seen-renewal.ts';

const fischer = 'lena.fischer@harbourline.example';
const okafor = 'm.okafor@harbourline.example';

const deskOf = (seen: readonly SeenRenewal[]) => {
  const digests = renewalDigests({
    ...{ asOf: seenDay, config: digestConfig, states: [], healthOn: seenDay },
    definitionsId: 'renewals-1-0123456789ab',
  });
  for (const one of seen) digests.add(one);
  return digests;
};

const mailsOf = (...changes: readonly RenewalChange[]) => [
  ...deskOf(changes.map((change) => seenRenewal(change))).finish(),
];

const done = { milestoneState: 'done', milestone: 60, decisionOn: '2027-01-18' } as const;
const atRisk = { category: 'at_risk', probability: 0.4, band: 'red' };

describe('who is mailed', () => {
  test('each owner once, in the order of addresses, however the warehouse writes them', () => {
    const mails = mailsOf(
      { id: 'C-1', owner: fischer },
      { id: 'C-2', owner: 'a.berg@harbourline.example' },
      { id: 'C-3', owner: ` ${fischer.toUpperCase()} ` },
    );
    expect(mails.map(({ to, subject }) => [to.address, subject])).toEqual([
      [
        'a.berg@harbourline.example',
        'Meridian Retail at a milestone, nothing missing: $120K decided by 21 Jan',
      ],
      [fischer, '2 renewals at a milestone, nothing missing: $240K decided by 21 Jan'],
    ]);
    expect(mails[1]?.key).toBe(`renewal_digest ${fischer} 2026-11-22`);
  });

  test.each<[string, RenewalChange]>([
    ['an earlier run reached it', done],
    ['it has no countdown', { milestone: null }],
    ['it is renewed', { state: 'renewed' }],
    ['it was cancelled', { state: 'cancelled' }],
  ])('nobody, where %s', (_, change) => {
    expect(mailsOf(change)).toEqual([]);
  });

  test('the manager where no owner is known, and the mail says so', () => {
    const [mail] = mailsOf({ owner: '  ' });
    expect(mail?.to.address).toBe(okafor);
    expect(mail?.text).toContain('To you: no owner stands on the account, and you manage it.');
  });

  test('nobody where neither is known, and it is counted', () => {
    const desk = deskOf([seenRenewal({ owner: null, manager: null })]);
    expect([...desk.finish()]).toEqual([]);
    expect(desk.unaddressed()).toBe(1);
  });

  test('two thousand people at most, those with the most at stake', () => {
    const seen = Array.from({ length: 2_003 }, (_, index) =>
      seenRenewal({ id: `C-${index}`, owner: `p${index}@harbourline.example`, arr: 1_000 + index }),
    );
    const desk = deskOf(seen);
    const people = [...desk.finish()].map(({ to }) => to.address);
    expect([people.length, desk.leftOut()]).toEqual([2_000, 3]);
    expect(people).not.toContain('p2@harbourline.example');
  });

  test('the manager gets a copy when it comes to the end and is at risk', () => {
    const risky = { milestone: 30, forecast: atRisk };
    expect(mailsOf({})[0]?.cc).toEqual([]);
    expect(mailsOf(risky)[0]?.cc).toEqual([{ name: null, address: okafor }]);
    expect(mailsOf({ ...risky, owner: okafor })[0]?.cc).toEqual([]);
    expect(mailsOf({ ...risky, manager: null })[0]?.text).toContain('Nobody is copied');
  });
});

describe('what is told beside it', () => {
  const lacking = { lastEbrOn: null };

  test.each<[string, RenewalChange, string]>([
    ['something is missing', { ...done, account: lacking }, 'Also counting down: 1 renewal'],
    ['it is at risk', { ...done, forecast: atRisk }, 'Also counting down: 1 renewal'],
    ['all is done', done, 'Leave alone'],
    [
      'the day for notice is past',
      { ...done, decisionOn: '2026-11-20', account: lacking },
      'Leave alone',
    ],
    [
      'the term is over',
      { ...done, decisionOn: '2026-11-20', state: 'late', account: lacking },
      'Also counting down: 1 renewal',
    ],
    ['its countdown has not begun', { milestone: null, account: lacking }, 'Leave alone'],
  ])('another renewal of theirs, of which %s', (_, change, section) => {
    const [mail] = mailsOf({ id: 'C-1' }, { ...change, id: 'C-2' });
    const sections = ['Also counting down: 1 renewal', 'Leave alone'];
    expect(sections.filter((title) => mail?.text.includes(title))).toEqual([section]);
  });

  test('ten of them, the largest first, and five findings; the rest is counted', () => {
    const others = Array.from({ length: 14 }, (_, index): RenewalChange => {
      const arr = 10_000 * (index + 1);
      return { ...done, id: `D-${index}`, name: `Other ${index}`, arr, account: lacking };
    });
    const findings = others.map((one) => ({ ...one, findings: ['no next step is written down'] }));
    const text = mailsOf({ id: 'C-1' }, ...findings)[0]?.text ?? '';
    const listed = [...text.matchAll(/^- (Other \d+): ARR/gm)].map(([, name]) => name);
    expect(listed).toEqual(Array.from({ length: 10 }, (_, index) => `Other ${13 - index}`));
    expect(text).toContain('Also counting down: 14 renewals, $1.05M');
    expect(text).toContain('and 4 more, in the table renewal_milestones');
    expect(text).toContain('Records to mend: 14 findings');
    expect(text).toContain('and 9 more, in the table renewal_findings');
  });

  test('the decision dates, for a calendar', () => {
    const [mail] = mailsOf({ id: 'C-1' }, { ...done, id: 'C-2' }, { id: 'C-3', milestone: null });
    const text = new TextDecoder().decode(mail?.attachments[0]?.content);
    const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent');
    expect(events.map((event) => event.getFirstPropertyValue('uid'))).toEqual([
      'C-2@2027-01-18@holdfast',
      'C-1@2027-01-21@holdfast',
    ]);
  });
});

const anyChange: fc.Arbitrary<RenewalChange> = fc.record({
  ...{ id: fc.nat(999).map(String), arr: fc.nat(1_000_000) },
  milestone: fc.constantFrom(30, 60, 90, 120),
  milestoneState: fc.constantFrom('reached', 'done'),
  forecast: fc.constantFrom(atRisk, {}, null),
  account: fc.constantFrom({ lastEbrOn: null }, {}),
  owner: fc.constantFrom(fischer, okafor, null),
});

test('the order in which renewals come changes no byte, and the figures are those of all', () => {
  const many = fc.uniqueArray(anyChange, { selector: ({ id }) => id, maxLength: 30 });
  fc.assert(
    fc.property(many, (changes) => {
      const mails = mailsOf(...changes);
      expect(mailsOf(...changes.toReversed())).toEqual(mails);
      const reached = changes.filter(({ milestoneState }) => milestoneState === 'reached');
      const lede = /^(\d+) renewals? with/m;
      const counts = mails.map(({ text }) => Number(lede.exec(text)?.[1]));
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(reached.length);
    }),
    { numRuns: 60 },
  );
});

test('a mail is never cut off, whatever the names, the evidence and the words of the config', () => {
  const heavy = '"'.repeat(10_000);
  const worst = Array.from({ length: 80 }, (_, index): SeenRenewal => {
    const seen = seenRenewal({
      id: `${index}${heavy}`,
      name: heavy,
      milestone: 30,
      findings: [heavy],
    });
    const items = seen.readiness?.items.map((item) => ({
      ...{ ...item, title: heavy, evidence: heavy, status: 'missing' as const, isOverdue: true },
    }));
    const nextAction = {
      ...{ item: 'ebr_held' as const, action: heavy, evidence: heavy, dueOn: seenDay },
      ...{ isOverdue: true, owner: 'ae' as const, ownerEmail: heavy, ownerReason: heavy },
    };
    const readiness = { score: 0, coverage: 1, items: items ?? [], nextAction };
    const row = {
      ...seen.row,
      product: heavy,
      decision_on: index < 60 ? seen.row.decision_on : seenDay,
    };
    const forecast = seen.forecast && { ...seen.forecast, because: heavy, disagreement: heavy };
    const steps =
      index < 60 ? seen.steps : seen.steps.map((step) => ({ ...step, state: 'done' as const }));
    const managerEmail = `m${index % 9}.${heavy}@harbourline.example`;
    return { ...seen, row, forecast, steps, managerEmail, readiness };
  });
  const [mail] = [...deskOf(worst).finish()];
  expect(Buffer.byteLength(mail?.html ?? '')).toBeGreaterThan(50_000);
  expect(Buffer.byteLength(mail?.html ?? '')).toBeLessThan(MOST_BYTES);
  expect(Buffer.byteLength(mail?.subject ?? '')).toBeLessThan(200);
});
