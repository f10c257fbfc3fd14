import { describe, expect, test } from 'vitest';
import type { HoldfastError } from '../../../shared/basics/problem.ts';
import { loadConfig } from '../../../shared/config/load-config.ts';
import { figureConfig } from '../../../shared/jobs/job.ts';
import { soundConfig } from '../../kit/company-folder.ts';
import { reportKeys, siteYaml } from '../../kit/report-keys.ts';

const keys = reportKeys();
const load = (reports: string) =>
  loadConfig({ text: soundConfig(`reports: ${reports}`), file: 'f.yaml' });

const problemsOf = (reports: string) => {
  try {
    load(reports);
    return [];
  } catch (error) {
    return (error as HoldfastError).problems;
  }
};

const DOMAIN = 'name: reports.acme.example';
const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b-2c';
const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:holdfast/key-AbC123';

describe('the report site', () => {
  test('is not there unless one says so', () => {
    expect(load('{}').reports).toMatchObject({ site: null, page: { link: 'none' } });
  });

  test('needs two things said of it, and changes no figure', () => {
    const { reports, ...rest } = load(`{ site: ${siteYaml(keys.publicKey)} }`);
    expect(reports.site).toEqual({
      public_key: keys.publicKey,
      private_key_secret: 'holdfast/report-key',
      expires_days: 14,
      domain: null,
    });
    expect(figureConfig({ ...rest, reports })).not.toHaveProperty('reports');
  });

  test.each([
    siteYaml(keys.publicKey, `, domain: { ${DOMAIN}, certificate_arn: "${CERTIFICATE}" }`),
    siteYaml(keys.publicKey.replaceAll('\n', '\r\n'), ', expires_days: 31'),
    siteYaml(keys.publicKey.trim(), ', expires_days: 1'),
    siteYaml(keys.publicKey).replace('holdfast/report-key', `"${SECRET}"`),
  ])('may be said like this: %#', (site) => {
    expect(problemsOf(`{ page: { link: site }, site: ${site} }`)).toEqual([]);
  });

  test.each([
    ['a link to no site', '{ page: { link: site } }', 'reports.page.link'],
    ['no secret', '{ site: { public_key: x } }', 'reports.site.private_key_secret'],
    ['a smaller key', siteOf(siteYaml(reportKeys(1024).publicKey)), 'reports.site.public_key'],
    ['a larger key', siteOf(siteYaml(reportKeys(4096).publicKey)), 'reports.site.public_key'],
    [
      'a key in one line',
      siteOf(siteYaml(keys.publicKey.replaceAll('\n', ' '))),
      'reports.site.public_key',
    ],
    ['half a key', siteOf(siteYaml(keys.publicKey.slice(0, 300))), 'reports.site.public_key'],
    ['two keys', siteOf(siteYaml(keys.publicKey.repeat(2))), 'reports.site.public_key'],
    [
      'for a day too long',
      siteOf(siteYaml(keys.publicKey, ', expires_days: 32')),
      'reports.site.expires_days',
    ],
    [
      'for no day',
      siteOf(siteYaml(keys.publicKey, ', expires_days: 0')),
      'reports.site.expires_days',
    ],
    [
      'a certificate of another region',
      siteOf(
        siteYaml(
          keys.publicKey,
          `, domain: { ${DOMAIN}, certificate_arn: "${CERTIFICATE.replace('us-east-1', 'eu-west-1')}" }`,
        ),
      ),
      'reports.site.domain.certificate_arn',
    ],
    [
      'a domain that is a link',
      siteOf(
        siteYaml(
          keys.publicKey,
          `, domain: { name: "https://acme.example", certificate_arn: "${CERTIFICATE}" }`,
        ),
      ),
      'reports.site.domain.name',
    ],
    [
      'half an ARN',
      siteOf(
        siteYaml(keys.publicKey).replace(
          'holdfast/report-key',
          '"arn:aws:secretsmanager:eu-west-1:111122223333:secret:x"',
        ),
      ),
      'reports.site.private_key_secret',
    ],
    [
      'any secret',
      siteOf(siteYaml(keys.publicKey).replace('holdfast/report-key', '"*"')),
      'reports.site.private_key_secret',
    ],
  ])('%s is refused where it stands', (_, reports, where) => {
    const wheres = problemsOf(reports).map((problem) => problem.where.split(' ').at(-1));
    expect(wheres).toContain(where);
  });

  test.each([
    ['for the public one', siteYaml(keys.privateKey)],
    [
      'for the name of its secret',
      siteYaml(keys.publicKey).replace('holdfast/report-key', JSON.stringify(keys.privateKey)),
    ],
  ])('a private key %s is refused, and never printed', (_, site) => {
    const problems = problemsOf(`{ site: ${site} }`);
    expect(problems).toMatchObject([{ found: 'a private key' }]);
    expect(JSON.stringify(problems)).not.toContain(keys.privateKey.split('\n')[1]);
  });
});

function siteOf(site: string): string {
  return `{ site: ${site} }`;
}
