import { expect, test } from 'vitest';
import { unreachable } from '../../../shared/outbox/unreachable.ts';

const usual = {
  ...({ mode: 'send', from: 'success@mail.acme.example', redirect_to: null } as const),
  allowed_domains: ['acme.example'],
};
const where = 'reports.weekly_summary.recipients';

test.each([
  ['all is well', usual, ['ceo@acme.example'], []],
  ['one of another domain', usual, ['ceo@acme.example', 'ceo@eu.acme.example'], [where]],
  ['one in another case', usual, ['CEO@Acme.Example'], []],
  ['one that is no plain address', usual, ['"ceo"@acme.example'], [where]],
  ['all goes elsewhere', { ...usual, redirect_to: 'me@acme.example' }, ['a@b.example'], []],
  ['elsewhere is not allowed', { ...usual, redirect_to: 'me@b.example' }, [], ['mail.redirect_to']],
  [
    'nothing is decided yet',
    { ...usual, mode: 'review' as const, allowed_domains: [] },
    ['a@b.example'],
    [],
  ],
  ['review, with domains', { ...usual, mode: 'review' as const }, ['a@b.example'], [where]],
  ['a sender that no mail server takes', { ...usual, from: 'ü@acme.example' }, [], ['mail.from']],
])('where %s', (_, rules, recipients, told) => {
  expect(
    unreachable(rules, { 'reports.weekly_summary.recipients': recipients }).map(
      (problem) => problem.where,
    ),
  ).toEqual(told);
});
