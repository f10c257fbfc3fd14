import { Aws, Stack, Validations } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';
import type { AthenaConfig } from './deployment.ts';
import type { ResultsLake } from './results-lake.ts';

interface JobReach {
  /** Without it a job reads the results alone. */
  readonly readsWarehouse: boolean;
  readonly config: AthenaConfig;
  readonly lake: ResultsLake;
  readonly bus: IEventBus;
  readonly logGroup: ILogGroup;
}

/** Below these a job writes; nothing in a job deletes, so nothing here lets it. */
const WRITTEN = 'runs tables latest scratch finance calendar outbox reports'.split(' ');

interface Permission {
  readonly actions: string[];
  readonly resources: string[];
  /** Why a resource has to end in a wildcard, where one does. */
  readonly whyWide?: string;
}

/** Gives a role all that its job may do, and acknowledges each wildcard in it with its reason. */
export const permitJob = (role: Role, reach: JobReach): void => {
  for (const { actions, resources, whyWide } of permissions(reach)) {
    role.addToPolicy(new PolicyStatement({ actions, resources }));
    if (whyWide === undefined) continue;
    for (const resource of resources) {
      const finding = flattenCfnReference(Stack.of(role).resolve(resource));
      const id = `AwsSolutions-IAM5[Resource::${finding}]`;
      Validations.of(role).acknowledge({ id, reason: whyWide });
    }
  }
};

// Athena reads Glue and the buckets with the rights of whoever runs the query, hence so much here.
const permissions = (reach: JobReach): Permission[] => {
  const { config, lake, bus, logGroup, readsWarehouse } = reach;
  return [
    { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] },
    ...(readsWarehouse
      ? [...queries(config, lake), ...definitions(config), ...companyData(config)]
      : []),
    ...results(lake),
    { actions: ['events:PutEvents'], resources: [bus.eventBusArn] },
  ];
};

function queries({ warehouse }: AthenaConfig, { workgroup }: ResultsLake): Permission[] {
  const actions = [
    'athena:StartQueryExecution',
    'athena:GetQueryExecution',
    'athena:GetQueryResults',
    'athena:StopQueryExecution',
  ];
  const running = { actions, resources: [arn('athena', `workgroup/${workgroup}`)] };
  if (warehouse.catalog === 'AwsDataCatalog') return [running];
  // Any other catalog is registered in Athena, which looks it up for the caller.
  const resources = [arn('athena', `datacatalog/${warehouse.catalog}`)];
  return [running, { actions: ['athena:GetDataCatalog'], resources }];
}

function definitions({ warehouse }: AthenaConfig): Permission[] {
  const databases = [warehouse.database, ...warehouse.more_databases];
  // Athena looks at the default database as well, whichever a query names.
  const ofDatabases = ['catalog', ...['default', ...databases].map((name) => `database/${name}`)];
  const ofTables = ['GetTable', 'GetTables', 'GetPartition', 'GetPartitions', 'BatchGetPartition'];
  const actions = ['GetDatabase', 'GetDatabases', ...ofTables].map((name) => `glue:${name}`);
  return [
    { actions, resources: ofDatabases.map((resource) => arn('glue', resource)) },
    {
      actions,
      resources: databases.map((name) => arn('glue', `table/${name}/*`)),
      whyWide: 'Read only: a mapping may be a SELECT over any table of the databases it names.',
    },
  ];
}

function companyData({ warehouse }: AthenaConfig): Permission[] {
  const buckets = warehouse.data_buckets.map((name) => `arn:${Aws.PARTITION}:s3:::${name}`);
  if (buckets.length === 0) return [];
  return [
    { actions: ['s3:ListBucket', 's3:GetBucketLocation'], resources: buckets },
    {
      actions: ['s3:GetObject'],
      resources: buckets.map((bucket) => `${bucket}/*`),
      whyWide: 'Read only: the tables of the mapping lie in these buckets, at places Glue knows.',
    },
  ];
}

function results({ bucket }: ResultsLake): Permission[] {
  return [
    {
      // Without a condition on s3:prefix: a GET names none, and S3 would answer 403 and not 404
      // for a manifest that is not there yet. The bucket holds nothing but what jobs write.
      actions: ['s3:ListBucket', 's3:ListBucketMultipartUploads', 's3:GetBucketLocation'],
      resources: [bucket.bucketArn],
    },
    {
      actions: [
        's3:GetObject',
        's3:PutObject',
        's3:AbortMultipartUpload',
        's3:ListMultipartUploadParts',
      ],
      resources: WRITTEN.map((folder) => `${bucket.bucketArn}/${folder}/*`),
      whyWide: 'Keys carry the day, the run and the file; the job writes in these folders alone.',
    },
  ];
}

function arn(service: string, resource: string): string {
  return `arn:${Aws.PARTITION}:${service}:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`;
}
