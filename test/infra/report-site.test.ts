import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../shared/jobs/catalogue.ts';
import { reportKeys, siteYaml } from '../kit/report-keys.ts';
import {
  asText,
  constructed,
  exampleFile,
  propertiesOf,
  root,
  statementsOf,
  synthesised,
} from './synthesised.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-report-site-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The example, and this of its report site. */
const withSite = (name: string, site: string): string => {
  const file = join(folder, `${name}.yaml`);
  const example = readFileSync(exampleFile, 'utf8').replace(/^reports:\n( .*\n)*/m, '');
  writeFileSync(file, `${example}\nreports: { page: { link: site }, site: ${site} }\n`);
  return file;
};

const keys = reportKeys();
const usual = withSite('usual', siteYaml(keys.publicKey));
const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b-2c';
const DOMAIN = `, domain: { name: reports.acme.example, certificate_arn: "${CERTIFICATE}" }`;
const named = withSite('named', siteYaml(keys.publicKey, DOMAIN));
const { template } = synthesised('prod', usual);
const linking = catalogue.filter(({ linksReport }) => linksReport).map(({ job }) => job);

const CLOUDFRONT = 'AWS::CloudFront::';
const SITE = [
  ...['Distribution', 'KeyGroup', 'PublicKey', 'OriginAccessControl', 'CachePolicy'],
  'ResponseHeadersPolicy',
].map((name) => `${CLOUDFRONT}${name}`);

const allowing = (of: Template, action: string) =>
  propertiesOf(of, 'AWS::IAM::Policy')
    .map(({ PolicyDocument, Roles }) => ({
      roles: (Roles as unknown[]).map(asText),
      statements: statementsOf(PolicyDocument).filter(({ actions }) => actions.includes(action)),
    }))
    .filter(({ statements }) => statements.length > 0);

describe('without reports.site', () => {
  const { template: silent } = synthesised();

  test('there is nothing of it in the stack', () => {
    for (const type of SITE) silent.resourceCountIs(type, 0);
    const text = JSON.stringify(silent.toJSON());
    expect(/cloudfront|secretsmanager|HOLDFAST_REPORT/i.exec(text)).toBeNull();
  });
});

describe('the report site', () => {
  const [distribution] = propertiesOf(template, `${CLOUDFRONT}Distribution`);
  const config = distribution?.DistributionConfig as Record<string, unknown>;

  test('there is one of each part', () => {
    for (const type of SITE) template.resourceCountIs(type, 1);
  });

  test('answers signed links alone, over TLS, and only to be read', () => {
    expect(config).toMatchObject({ Enabled: true });
    expect(config).not.toHaveProperty('CacheBehaviors');
    expect(config).not.toHaveProperty('DefaultRootObject');
    expect(config).not.toHaveProperty('CustomErrorResponses');
    expect(config.DefaultCacheBehavior).toMatchObject({
      AllowedMethods: ['GET', 'HEAD'],
      ViewerProtocolPolicy: 'https-only',
      Compress: true,
      TrustedKeyGroups: [{ Ref: expect.stringMatching(/^ReportsKeys/) }],
    });
    expect(config.DefaultCacheBehavior).not.toHaveProperty('TrustedSigners');
    expect(config.DefaultCacheBehavior).not.toHaveProperty('OriginRequestPolicyId');
    template.hasResourceProperties(`${CLOUDFRONT}KeyGroup`, {
      KeyGroupConfig: { Items: [{ Ref: Match.stringLikeRegexp('^ReportsKey[0-9a-f]{12}') }] },
    });
    template.hasResourceProperties(`${CLOUDFRONT}PublicKey`, {
      PublicKeyConfig: { EncodedKey: keys.publicKey },
    });
  });

  test('reads the private bucket as itself, one folder and nothing else', () => {
    expect(config.Origins).toEqual([
      expect.objectContaining({
        OriginPath: '/reports',
        OriginAccessControlId: { 'Fn::GetAtt': [expect.stringMatching(/AccessControl/), 'Id'] },
        S3OriginConfig: { OriginAccessIdentity: '' },
      }),
    ]);
    template.hasResourceProperties(`${CLOUDFRONT}OriginAccessControl`, {
      OriginAccessControlConfig: {
        OriginAccessControlOriginType: 's3',
        SigningBehavior: 'always',
        SigningProtocol: 'sigv4',
      },
    });
  });

  test('is the only one that the results let in, and the bucket stays private', () => {
    const policies = propertiesOf(template, 'AWS::S3::BucketPolicy');
    const allowed = policies
      .filter(({ Bucket }) => /LakeResults/.test(asText(Bucket)))
      .flatMap(({ PolicyDocument }) => statementsOf(PolicyDocument))
      .filter(({ Effect }) => Effect === 'Allow')
      .map(({ actions, resources, Principal, Condition }) => ({
        ...{ actions, resources, Principal },
        arns: Object.values(
          (Condition as { StringEquals: Record<string, unknown> }).StringEquals,
        ).map(asText),
      }));
    expect(allowed).toEqual([
      {
        actions: ['s3:GetObject'],
        resources: [expect.stringMatching(/^<LakeResults\w+\.Arn>\/reports\/\*$/)],
        Principal: { Service: 'cloudfront.amazonaws.com' },
        arns: [
          expect.stringMatching(
            /^arn:<AWS::Partition>:cloudfront::<AWS::AccountId>:distribution\/<ReportsDistribution\w+>$/,
          ),
        ],
      },
    ]);
    for (const { PublicAccessBlockConfiguration } of propertiesOf(template, 'AWS::S3::Bucket')) {
      expect(Object.values(PublicAccessBlockConfiguration as object)).toEqual(Array(4).fill(true));
    }
  });

  test('leaves no copy behind, and is in nobody’s frame or index', () => {
    template.hasResourceProperties(`${CLOUDFRONT}ResponseHeadersPolicy`, {
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: {
          ContentTypeOptions: { Override: true },
          FrameOptions: { FrameOption: 'DENY', Override: true },
          ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
          StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, Override: true },
        },
        CustomHeadersConfig: {
          Items: [
            { Header: 'Cache-Control', Value: 'no-store', Override: true },
            { Header: 'X-Robots-Tag', Value: 'noindex, nofollow', Override: true },
          ],
        },
      },
    });
    template.hasResourceProperties(`${CLOUDFRONT}CachePolicy`, {
      CachePolicyConfig: {
        ...{ MinTTL: 0, DefaultTTL: 60, MaxTTL: 60 },
        ParametersInCacheKeyAndForwardedToOrigin: Match.objectLike({
          CookiesConfig: { CookieBehavior: 'none' },
          HeadersConfig: { HeaderBehavior: 'none' },
          QueryStringsConfig: { QueryStringBehavior: 'none' },
        }),
      },
    });
  });

  test('has no private key anywhere, and no secret that the stack makes', () => {
    const text = JSON.stringify(template.toJSON());
    expect(text).not.toContain('PRIVATE KEY');
    template.resourceCountIs('AWS::SecretsManager::Secret', 0);
  });

  test('says where it is', () => {
    const { Value } = template.findOutputs('ReportSite').ReportSite ?? {};
    expect(asText(Value)).toMatch(/^<ReportsDistribution\w+\.DomainName>$/);
    expect(template.findOutputs('ReportSiteTarget')).toEqual({});
  });
});

describe('links', () => {
  test('are signed by the jobs whose mails have them, with one secret', () => {
    expect(linking.map(({ name }) => name)).toEqual(['weekly-summary']);
    const readers = allowing(template, 'secretsmanager:GetSecretValue');
    expect(readers.map(({ roles }) => roles)).toEqual([[expect.stringMatching(/^<weeklysummary/)]]);
    const arn = 'arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>:secret';
    expect(readers.map(({ statements }) => statements)).toEqual([
      [
        {
          Effect: 'Allow',
          actions: ['secretsmanager:GetSecretValue'],
          resources: [`${arn}:holdfast/report-key-??????`],
        },
      ],
    ]);
  });

  test('are signed with a whole ARN where one is given', () => {
    const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:holdfast/key-AbC123';
    const site = siteYaml(keys.publicKey).replace('holdfast/report-key', `"${arn}"`);
    const { template: exact } = synthesised('prod', withSite('exact', site));
    const [{ statements } = { statements: [] }] = allowing(exact, 'secretsmanager:GetSecretValue');
    expect(statements.map(({ resources }) => resources)).toEqual([[arn]]);
  });

  test('name the site and the key to the functions that sign them, and to no others', () => {
    const told = propertiesOf(template, 'AWS::Lambda::Function')
      .map(({ Description, Environment }) => ({
        job: Description,
        ...(Environment as { Variables: Record<string, unknown> })?.Variables,
      }))
      .filter((variables) => 'HOLDFAST_REPORT_SITE' in variables)
      .map(({ job, ...variables }) => {
        const of = variables as Record<string, unknown>;
        return [job, asText(of.HOLDFAST_REPORT_SITE), asText(of.HOLDFAST_REPORT_KEY_PAIR)];
      });
    const site = expect.stringMatching(/^<ReportsDistribution\w+\.DomainName>$/);
    const key = expect.stringMatching(/^<ReportsKey[0-9a-f]{12}\w+>$/);
    expect(told).toEqual(linking.map(({ purpose }) => [purpose, site, key]));
  });
});

describe('a mail that has no link', () => {
  test('is told of by an alarm where mails leave, whose heading is in the runbook', () => {
    const mail = '{ mode: send, from: a@acme.example, allowed_domains: [acme.example] }';
    const file = join(folder, 'sending.yaml');
    const example = readFileSync(usual, 'utf8').replace(/^mail:\n( .*\n)*/m, '');
    writeFileSync(file, `${example}mail: ${mail}\n`);
    const alarmsOf = (of: Template) =>
      propertiesOf(of, 'AWS::CloudWatch::Alarm').filter(
        ({ MetricName }) => MetricName === 'MailHeld',
      );
    expect(alarmsOf(template)).toEqual([]);
    const alarms = alarmsOf(synthesised('prod', file).template);
    expect(alarms).toHaveLength(catalogue.filter(({ mails }) => mails).length);
    for (const { AlarmDescription } of alarms) expect(AlarmDescription).toMatch(/#held-mail$/);
    expect(readFileSync(join(root, 'docs/runbook.md'), 'utf8')).toContain('\n## Held mail\n');
  });
});

describe('another', () => {
  const idsOf = (of: Template) => Object.keys(of.findResources(`${CLOUDFRONT}PublicKey`));

  test('key is another resource with another name, since CloudFront changes none', () => {
    const other = withSite('other', siteYaml(reportKeys().publicKey));
    const { template: rotated } = synthesised('prod', other);
    expect(idsOf(rotated)).not.toEqual(idsOf(template));
    const nameOf = (of: Template) =>
      propertiesOf(of, `${CLOUDFRONT}PublicKey`).map(
        ({ PublicKeyConfig }) => (PublicKeyConfig as { Name: string }).Name,
      );
    expect(nameOf(rotated)).not.toEqual(nameOf(template));
    const { template: staging } = synthesised('staging', usual);
    expect(nameOf(staging)).not.toEqual(nameOf(template));
  });

  test('way to end its lines is the same key', () => {
    const crlf = withSite('crlf', siteYaml(keys.publicKey.replaceAll('\n', '\r\n').trim()));
    expect(idsOf(synthesised('prod', crlf).template)).toEqual(idsOf(template));
  });

  test('domain is one’s own, with TLS 1.2 at least, and tells what its DNS needs', () => {
    const { template: own } = synthesised('prod', named);
    own.hasResourceProperties(`${CLOUDFRONT}Distribution`, {
      DistributionConfig: {
        Aliases: ['reports.acme.example'],
        ViewerCertificate: {
          AcmCertificateArn: CERTIFICATE,
          MinimumProtocolVersion: 'TLSv1.2_2021',
          SslSupportMethod: 'sni-only',
        },
      },
    });
    own.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: Match.objectLike({ HOLDFAST_REPORT_SITE: 'reports.acme.example' }),
      },
    });
    expect(Object.keys(own.findOutputs('ReportSiteTarget'))).toHaveLength(1);
  });
});

test.each([
  ['under the domain of CloudFront', usual],
  ['under one’s own', named],
])('has no finding of cdk-nag that nobody answers for, %s', (_, file) => {
  const { app } = constructed('prod', file);
  expect(new AwsSolutionsChecks(app).validateScope(app)).toMatchObject({
    success: true,
    violations: [],
  });
});

test('is what CloudFormation takes', () => {
  const { app } = constructed('prod', named);
  expect(() => app.synth()).not.toThrow();
});
