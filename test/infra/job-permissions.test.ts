import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../shared/jobs/catalogue.ts';
import { propertiesOf, statementsOf, synthesised } from './synthesised.ts';

const { deployment, template } = synthesised();
const { config } = deployment;

describe('what a job may do', () => {
  const policies = propertiesOf(template, 'AWS::IAM::Policy').map(({ PolicyDocument }) =>
    statementsOf(PolicyDocument),
  );
  const all = policies.flat();
  const actions = all.flatMap((statement) => statement.actions);

  test('is said action by action and resource by resource', () => {
    expect(all.filter(({ Effect }) => Effect !== 'Allow')).toEqual([]);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
    // Nothing here is an API that AWS offers on all resources only.
    expect(all.filter(({ resources }) => resources.includes('*'))).toEqual([]);
    template.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
    for (const role of propertiesOf(template, 'AWS::IAM::Role'))
      expect(role).not.toHaveProperty('ManagedPolicyArns');
  });

  test('is never to delete, nor to change who may do what', () => {
    const dangerous = /Delete|Policy|Acl|PassRole|Create(?!LogStream)|Update|Tag|Lifecycle/;
    expect(actions.filter((action) => dangerous.test(action))).toEqual([]);
  });

  test('is to write the results, in their folders, and read the company’s data', () => {
    // Jobs may do the same, but for one that asks nothing of the warehouse.
    const reach = (action: string) => [
      ...new Set(
        all.filter((one) => one.actions.includes(action)).flatMap(({ resources }) => resources),
      ),
    ];
    const lake = Object.keys(template.findResources('AWS::S3::Bucket')).find((id) =>
      /Results/.test(id),
    );
    const written = [
      'calendar',
      'finance',
      'latest',
      'outbox',
      'reports',
      'runs',
      'scratch',
      'tables',
    ];
    const folders = written.map((name) => `<${lake}.Arn>/${name}/*`);
    const data = config.warehouse.data_buckets.map((name) => `arn:<AWS::Partition>:s3:::${name}`);

    expect(reach('s3:PutObject').sort()).toEqual(folders);
    expect(reach('s3:GetObject').sort()).toEqual(
      [...folders, ...data.map((arn) => `${arn}/*`)].sort(),
    );
    expect(reach('s3:ListBucket').sort()).toEqual([`<${lake}.Arn>`, ...data].sort());
    expect(reach('athena:StartQueryExecution')).toEqual([
      expect.stringMatching(
        /^arn:<AWS::Partition>:athena:<AWS::Region>:<AWS::AccountId>:workgroup\/<LakeWorkgroup\w+>$/,
      ),
    ]);
    expect(
      reach('glue:GetTable')
        .map((arn) => arn.split(':').at(-1))
        .sort(),
    ).toEqual([
      'catalog',
      'database/analytics',
      'database/default',
      'database/product',
      'table/analytics/*',
      'table/product/*',
    ]);
    expect(reach('events:PutEvents')).toEqual([expect.stringMatching(/^<EventsBus\w+\.Arn>$/)]);
    expect(reach('logs:PutLogEvents')).toEqual(
      catalogue.map(() => expect.stringMatching(/^<\w+Logs\w+\.Arn>$/)),
    );
    expect(reach('lambda:InvokeFunction')).toEqual(
      catalogue.map(() => expect.stringMatching(/^<\w+Function\w+\.Arn>$/)),
    );
  });

  test('is not to ask the warehouse where a job tells of results alone', () => {
    const ofWeekly = Object.entries(template.findResources('AWS::IAM::Policy'))
      .filter(([id]) => id.startsWith('weeklysummary'))
      .flatMap(([, { Properties }]) => statementsOf(Properties.PolicyDocument))
      .flatMap((statement) => statement.actions);
    expect(ofWeekly).toContain('s3:PutObject');
    expect(ofWeekly.filter((action) => /^(athena|glue):/.test(action))).toEqual([]);
  });

  test('a missing manifest is told from a forbidden one: listing has no condition', () => {
    const listing = all.filter((one) => one.actions.includes('s3:ListBucket'));
    expect(listing.every(({ Condition }) => Condition === undefined)).toBe(true);
  });

  test('the schedule’s role can be assumed for its own schedules only', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          Match.objectLike({
            Principal: { Service: 'scheduler.amazonaws.com' },
            Condition: {
              StringEquals: {
                'aws:SourceAccount': { Ref: 'AWS::AccountId' },
                'aws:SourceArn': { 'Fn::GetAtt': Match.anyValue() },
              },
            },
          }),
        ],
      },
    });
  });
});
