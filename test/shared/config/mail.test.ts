import { describe, expect, test } from 'vitest';
import type { HoldfastError } from '../../../shared/basics/problem.ts';
import { loadConfig } from '../../../shared/config/load-config.ts';
import { figureConfig } from '../../../shared/jobs/job.ts';
import { soundConfig } from '../../kit/company-folder.ts';

const load = (mail: string) => loadConfig({ text: soundConfig(`mail: ${mail}`), file: 'f.yaml' });

const problemsOf = (mail: string) => {
  try {
    load(mail);
    return [];
  } catch (error) {
    return (error as HoldfastError).problems;
  }
};

const line = soundConfig().split('\n').length;
const FROM = 'from: success@acme.example';

describe('mail', () => {
  test('leaves nobody’s machine unless one says so', () => {
    expect(load('{}').mail).toMatchObject({ mode: 'review', from: null, allowed_domains: [] });
  });

  test.each([
    `{ ${FROM} }`,
    `{ mode: send, ${FROM}, allowed_domains: [acme.example] }`,
    `{ mode: send, ${FROM}, allowed_domains: [acme.example], redirect_to: me@acme.example }`,
    '{ redirect_to: me@elsewhere.example }',
    `{ ${FROM}, hosted_zone: { id: Z0123ABC, name: acme.example } }`,
    '{ from: a@mail.acme.example, hosted_zone: { id: Z0123ABC, name: acme.example } }',
  ])('%s is a way to mail', (mail) => expect(problemsOf(mail)).toEqual([]));

  test.each([
    ['send, from nobody', '{ mode: send, allowed_domains: [acme.example] }', 'mail.from'],
    ['send, to nobody', `{ mode: send, ${FROM} }`, 'mail.allowed_domains'],
    ['from a name', '{ from: Acme }', 'mail.from'],
    ['from two', '{ from: "a@acme.example, b@acme.example" }', 'mail.from'],
    ['from outside ASCII', '{ from: success@acmé.example }', 'mail.from'],
    [
      'to an address for a domain',
      '{ allowed_domains: ["@acme.example"] }',
      'mail.allowed_domains.0',
    ],
    ['to any subdomain', '{ allowed_domains: ["*.acme.example"] }', 'mail.allowed_domains.0'],
    ['to a whole top-level domain', '{ allowed_domains: [example] }', 'mail.allowed_domains.0'],
    ['to a look-alike', '{ allowed_domains: [acmе.example] }', 'mail.allowed_domains.0'],
    ['to a dot too many', '{ allowed_domains: [acme.example.] }', 'mail.allowed_domains.0'],
    ['to an upper-case domain', '{ allowed_domains: [ACME.example] }', 'mail.allowed_domains.0'],
    [
      'redirected to where it may not go',
      `{ mode: send, ${FROM}, allowed_domains: [acme.example], redirect_to: a@b.acme.example }`,
      'mail.redirect_to',
    ],
    [
      'in a zone of others',
      `{ ${FROM}, hosted_zone: { id: Z0123ABC, name: cme.example } }`,
      'mail.hosted_zone',
    ],
    [
      'in a zone, from nobody',
      '{ hosted_zone: { id: Z0, name: acme.example } }',
      'mail.hosted_zone',
    ],
    [
      'in a zone by its address',
      `{ ${FROM}, hosted_zone: { id: /hostedzone/Z0, name: acme.example } }`,
      'mail.hosted_zone.id',
    ],
  ])('%s is refused at its line', (_, mail, where) => {
    expect(problemsOf(mail).map((problem) => problem.where)).toEqual([
      expect.stringMatching(new RegExp(`^f\\.yaml:${line}:\\d+ ${where.replaceAll('.', '\\.')}$`)),
    ]);
  });

  test('a problem says what would do', () => {
    expect(problemsOf('{ allowed_domains: ["*.acme.example"] }')).toEqual([
      expect.objectContaining({
        found: '"*.acme.example"',
        expected: 'a domain in lower case such as acme.example, without "@" and "*"',
      }),
    ]);
  });

  test('changes no figure, and so no run', () => {
    const sending = load(`{ mode: send, ${FROM}, allowed_domains: [acme.example] }`);
    expect(figureConfig(sending)).toEqual(figureConfig(load('{}')));
  });
});
