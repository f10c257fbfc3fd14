import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../shared/jobs/catalogue.ts';
import {
  asText,
  constructed,
  exampleFile,
  propertiesOf,
  root,
  statementsOf,
  synthesised,
} from './synthesised.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-mail-stack-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The example, and this of its mail. */
const withMail = (name: string, mail: string): string => {
  const file = join(folder, `${name}.yaml`);
  const example = readFileSync(exampleFile, 'utf8').replace(/^mail:\n( .*\n)*/m, '');
  writeFileSync(file, `${example}\nmail: ${mail}\n`);
  return file;
};

const FROM = 'from: success@mail.harbourline.example';
const ZONE = 'hosted_zone: { id: Z0123456789ABC, name: harbourline.example }';
const sending = withMail(
  'sending',
  `{ mode: send, ${FROM}, allowed_domains: [harbourline.example], ${ZONE} }`,
);
const { template } = synthesised('prod', sending);
const mailing = catalogue.filter(({ mails }) => mails);

const functionsWith = (of: Template, variable: string): string[] =>
  propertiesOf(of, 'AWS::Lambda::Function')
    .filter(({ Environment }) => JSON.stringify(Environment).includes(`"${variable}"`))
    .map(({ Description }) => String(Description));

const policies = propertiesOf(template, 'AWS::IAM::Policy').map(({ PolicyDocument, Roles }) => ({
  roles: (Roles as unknown[]).map(asText),
  statements: statementsOf(PolicyDocument),
}));
const allowing = (action: string) =>
  policies.filter(({ statements }) => statements.some(({ actions }) => actions.includes(action)));

describe('without an address that mails come from', () => {
  const { template: silent } = synthesised();

  test('there is no mail in the stack, and nobody may send any', () => {
    silent.resourceCountIs('AWS::SES::ConfigurationSet', 0);
    silent.resourceCountIs('AWS::SES::EmailIdentity', 0);
    const statements = propertiesOf(silent, 'AWS::IAM::Policy').flatMap(({ PolicyDocument }) =>
      statementsOf(PolicyDocument),
    );
    const actions = statements.flatMap((statement) => statement.actions);
    expect(actions.filter((action) => action.startsWith('ses:'))).toEqual([]);
    expect(functionsWith(silent, 'HOLDFAST_MAIL')).toEqual([]);
  });
});

describe('mail', () => {
  test('leaves over TLS alone, and never twice to whom it came back from', () => {
    template.hasResourceProperties('AWS::SES::ConfigurationSet', {
      Name: 'holdfast',
      DeliveryOptions: { TlsPolicy: 'REQUIRE' },
      ReputationOptions: { ReputationMetricsEnabled: true },
      SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    });
  });

  test('is signed by its domain, whose records are put into the zone', () => {
    template.hasResourceProperties('AWS::SES::EmailIdentity', {
      EmailIdentity: 'mail.harbourline.example',
    });
    const records = propertiesOf(template, 'AWS::Route53::RecordSet');
    expect(records.map(({ Type, HostedZoneId }) => [Type, HostedZoneId])).toEqual([
      ...Array(3).fill(['CNAME', 'Z0123456789ABC']),
      ['TXT', 'Z0123456789ABC'],
    ]);
    template.hasResourceProperties('AWS::Route53::RecordSet', {
      Name: '_dmarc.mail.harbourline.example',
      ResourceRecords: ['"v=DMARC1; p=quarantine"'],
    });
  });

  test('from the domain that people mail from asks nobody to sort it out', () => {
    const mail = `{ from: success@harbourline.example, ${ZONE} }`;
    const { template: apex } = synthesised('prod', withMail('apex', mail));
    apex.hasResourceProperties('AWS::Route53::RecordSet', {
      Name: '_dmarc.harbourline.example',
      ResourceRecords: ['"v=DMARC1; p=none"'],
    });
  });

  test('without a zone says which records are missing', () => {
    const { template: zoneless } = synthesised('prod', withMail('zoneless', `{ ${FROM} }`));
    zoneless.resourceCountIs('AWS::Route53::RecordSet', 0);
    const outputs = Object.values(zoneless.findOutputs('*'))
      .map(({ Description }) => String(Description))
      .filter((description) => description.startsWith('Add to the DNS'));
    expect(outputs).toHaveLength(3);
  });

  test('from a domain that SES knows leaves the domain as it is', () => {
    const { template: known } = synthesised(
      'prod',
      withMail('known', `{ ${FROM}, identity: existing }`),
    );
    known.resourceCountIs('AWS::SES::EmailIdentity', 0);
    known.resourceCountIs('AWS::SES::ConfigurationSet', 1);
  });

  test('may be sent by the jobs that mail, from one address and by one set', () => {
    expect(mailing.length).toBeGreaterThan(0);
    expect(functionsWith(template, 'HOLDFAST_MAIL').sort()).toEqual(
      mailing.map(({ job }) => job.purpose).sort(),
    );
    const senders = allowing('ses:SendRawEmail');
    expect(senders).toHaveLength(mailing.length);
    expect(allowing('ses:GetSendQuota').map(({ roles }) => roles)).toEqual(
      senders.map(({ roles }) => roles),
    );
    for (const { statements } of senders) {
      const sending = statements.filter(({ actions }) => actions.includes('ses:SendRawEmail'));
      const arn = 'arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>';
      expect(sending).toEqual([
        {
          Effect: 'Allow',
          actions: ['ses:SendRawEmail'],
          resources: [
            `${arn}:configuration-set/holdfast`,
            `${arn}:identity/mail.harbourline.example`,
          ],
          Condition: { StringEquals: { 'ses:FromAddress': 'success@mail.harbourline.example' } },
        },
      ]);
    }
  });

  test('of another stage has a set of its own', () => {
    const { template: staging } = synthesised('staging', sending);
    staging.hasResourceProperties('AWS::SES::ConfigurationSet', { Name: 'holdfast-staging' });
    staging.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ HOLDFAST_MAIL: 'holdfast-staging' }) },
    });
  });
});

describe('what became of mail', () => {
  test('is told by SES on the default bus, and by no other sender’s mail', () => {
    template.hasResourceProperties('AWS::SES::ConfigurationSetEventDestination', {
      EventDestination: {
        Enabled: true,
        EventBridgeDestination: { EventBusArn: Match.anyValue() },
        MatchingEventTypes: ['delivery', 'bounce', 'complaint', 'reject', 'renderingFailure'],
      },
    });
    template.hasResourceProperties('AWS::Events::Rule', {
      EventBusName: 'default',
      EventPattern: {
        source: ['aws.ses'],
        'detail-type': [
          'Email Delivered',
          'Email Bounced',
          'Email Complaint Received',
          'Email Rejected',
          'Email Rendering Failed',
        ],
        detail: { mail: { tags: { 'ses:configuration-set': [Match.anyValue()] } } },
      },
      Targets: [
        Match.objectLike({
          Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('FeedbackFunction'), 'Arn'] },
          DeadLetterConfig: {
            Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('FeedbackFailedDeliveries'), 'Arn'] },
          },
        }),
      ],
    });
  });

  test('is noted by a function that reaches the outbox and nothing else', () => {
    const [reach, ...others] = policies.filter(({ roles }) => roles.join().includes('Feedback'));
    expect(others).toEqual([]);
    const said = reach?.statements.map(({ actions, resources }) => [actions, resources]);
    expect(said).toEqual([
      [['logs:CreateLogStream', 'logs:PutLogEvents'], [expect.stringMatching(/Logs/)]],
      [
        ['s3:GetObject', 's3:PutObject'],
        [expect.stringMatching(/^<LakeResults\w+\.Arn>\/outbox\/\*$/)],
      ],
      [['s3:ListBucket'], [expect.stringMatching(/^<LakeResults\w+\.Arn>$/)]],
      [
        ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'],
        [expect.stringMatching(/FeedbackFailedRuns/)],
      ],
    ]);
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: Match.stringLikeRegexp('FeedbackFunction') },
      DestinationConfig: {
        OnFailure: {
          Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('FeedbackFailedRuns'), 'Arn'] },
        },
      },
    });
  });

  test.each([
    ['Reputation.BounceRate', 0.05, 'bounce-rate'],
    ['Reputation.ComplaintRate', 0.001, 'complaint-rate'],
  ])('raises an alarm at the %s at which SES looks closer', (MetricName, Threshold, heading) => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/SES',
      MetricName,
      Threshold,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Dimensions: [{ Name: 'ses:configuration-set', Value: 'holdfast' }],
      AlarmDescription: Match.stringLikeRegexp(`#${heading}$`),
    });
  });

  test.skipIf(!existsSync(join(root, 'docs/runbook.md')))('has its headings in the runbook', () => {
    const runbook = readFileSync(join(root, 'docs/runbook.md'), 'utf8');
    for (const heading of ['Bounce rate', 'Complaint rate', 'Mail feedback']) {
      expect(runbook).toContain(`\n## ${heading}\n`);
    }
    const alarms = propertiesOf(template, 'AWS::CloudWatch::Alarm');
    const ofFeedback = alarms.filter((alarm) =>
      /#mail-feedback$/.test(`${alarm.AlarmDescription}`),
    );
    expect(ofFeedback).toHaveLength(2);
  });
});

test('has no finding of cdk-nag that nobody answers for', () => {
  const { app } = constructed('prod', sending);
  expect(new AwsSolutionsChecks(app).validateScope(app)).toMatchObject({
    success: true,
    violations: [],
  });
});
