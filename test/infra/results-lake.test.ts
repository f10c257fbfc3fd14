import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../shared/jobs/catalogue.ts';
import { glueType } from '../../shared/publish/table.ts';
import { asText, propertiesOf, statementsOf, synthesised } from './synthesised.ts';

const { template } = synthesised();

describe('what is stored', () => {
  test('is encrypted, private, owned by the bucket and kept when the stack goes', () => {
    const buckets = Object.values(template.findResources('AWS::S3::Bucket'));
    expect(buckets).toHaveLength(2);
    for (const { Properties, DeletionPolicy } of buckets) {
      expect(DeletionPolicy).toBe('Retain');
      expect(Properties).toMatchObject({
        BucketEncryption: expect.anything(),
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      });
      expect(Properties).not.toHaveProperty('AccessControl');
    }
  });

  test('travels over TLS 1.2 or better only', () => {
    const policies = propertiesOf(template, 'AWS::S3::BucketPolicy');
    expect(policies).toHaveLength(2);
    for (const { PolicyDocument } of policies) {
      const refusals = statementsOf(PolicyDocument)
        .filter(({ Effect, actions }) => Effect === 'Deny' && actions.includes('s3:*'))
        .map(({ Condition }) => Condition);
      expect(refusals).toContainEqual({ Bool: { 'aws:SecureTransport': 'false' } });
      expect(refusals).toContainEqual({ NumericLessThan: { 's3:TlsVersion': 1.2 } });
    }
  });

  test('keeps its versions, its access log, and no litter', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      VersioningConfiguration: { Status: 'Enabled' },
      LoggingConfiguration: { LogFilePrefix: 'results/' },
      LifecycleConfiguration: {
        Rules: [
          Match.objectLike({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }),
          Match.objectLike({ Prefix: 'scratch/', ExpirationInDays: 7, Status: 'Enabled' }),
        ],
      },
    });
  });

  test('is queried within limits, in a place that is enforced', () => {
    template.hasResourceProperties('AWS::Athena::WorkGroup', {
      Name: 'holdfast',
      WorkGroupConfiguration: {
        EnforceWorkGroupConfiguration: true,
        PublishCloudWatchMetricsEnabled: true,
        EngineVersion: { SelectedEngineVersion: 'Athena engine version 3' },
        BytesScannedCutoffPerQuery: 100e9,
        ResultConfiguration: {
          EncryptionConfiguration: { EncryptionOption: 'SSE_S3' },
          ExpectedBucketOwner: { Ref: 'AWS::AccountId' },
          OutputLocation: { 'Fn::Join': ['', ['s3://', Match.anyValue(), '/scratch/results/']] },
        },
      },
    });
  });
});

describe('the tables', () => {
  const tables = catalogue.flatMap(({ job }) => job.tables);
  const inputs = propertiesOf(template, 'AWS::Glue::Table').map(
    ({ TableInput }) => TableInput,
  ) as unknown as {
    Name: string;
    Parameters: Record<string, unknown>;
    PartitionKeys: { Name: string; Type: string }[];
    StorageDescriptor: { Columns: { Name: string; Type: string; Comment: string }[] };
  }[];

  test('are those that the jobs publish', () => {
    expect(inputs.map(({ Name }) => Name).sort()).toEqual(tables.map(({ name }) => name).sort());
  });

  test.each(tables.map((table) => [table.name, table] as const))('%s', (name, table) => {
    const input = inputs.find(({ Name }) => Name === name);
    expect(input?.PartitionKeys).toMatchObject([{ Name: 'as_of', Type: 'date' }]);
    expect(input?.Parameters).toMatchObject({
      'projection.enabled': 'true',
      'projection.as_of.type': 'date',
      'projection.as_of.format': 'yyyy-MM-dd',
      'projection.as_of.range': '2020-01-01,NOW+1DAYS',
    });
    const template = asText(input?.Parameters['storage.location.template']);
    expect(template).toMatch(new RegExp(`^s3://<\\w+>/tables/${name}/as_of=\\$\\{as_of\\}/$`));
    expect(input?.StorageDescriptor.Columns).toEqual(
      Object.entries(table.columns).map(([column, { kind, meaning }]) => ({
        Name: column,
        Type: glueType[kind],
        Comment: meaning,
      })),
    );
  });

  test('have comments that Glue takes', () => {
    const comments = inputs.flatMap(({ StorageDescriptor }) => StorageDescriptor.Columns);
    expect(comments.filter(({ Comment }) => Comment.length > 255)).toEqual([]);
  });
});
