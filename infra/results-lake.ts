import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { type Deployment, stageName } from './deployment.ts';
import { ResultsTables } from './results-tables.ts';

/** What every bucket here has in common. */
const PRIVATE = {
  // Keys of S3 itself: a key of our own would add a policy to keep in step for every reader of the
  // tables, and guards against nobody whom the bucket's and the readers' policies let in anyway.
  encryption: BucketEncryption.S3_MANAGED,
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  removalPolicy: RemovalPolicy.RETAIN,
} as const satisfies BucketProps;

// Athena takes no cutoff below ten megabytes.
const SMALLEST_CUTOFF = 10_000_000;

/** Where results live, and how people and jobs reach them with SQL. */
export class ResultsLake extends Construct {
  readonly bucket: Bucket;
  readonly database: string;
  readonly workgroup: string;

  constructor(scope: Construct, id: string, deployment: Deployment) {
    super(scope, id);
    this.bucket = this.#bucket();
    this.database = stageName('holdfast', deployment.stage, '_');
    this.workgroup = this.#workgroup(deployment);
    new ResultsTables(this, 'Tables', { bucket: this.bucket, database: this.database });
  }

  #bucket(): Bucket {
    const accessLogs = new Bucket(this, 'AccessLogs', {
      ...PRIVATE,
      lifecycleRules: [{ expiration: Duration.days(365) }],
    });
    return new Bucket(this, 'Results', {
      ...PRIVATE,
      versioned: true,
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: 'results/',
      lifecycleRules: [
        {
          id: 'what-is-overwritten-or-half-written',
          abortIncompleteMultipartUploadAfter: Duration.days(1),
          noncurrentVersionExpiration: Duration.days(90),
        },
        {
          id: 'scratch',
          prefix: 'scratch/',
          expiration: Duration.days(7),
          noncurrentVersionExpiration: Duration.days(1),
        },
      ],
    });
  }

  #workgroup({ config, stage }: Deployment): string {
    const name = stageName(config.warehouse.workgroup, stage, '-');
    const workgroup = new CfnWorkGroup(this, 'Workgroup', {
      name,
      description: 'Queries of the Holdfast jobs; the stack sets it up.',
      // The history of queries goes with the workgroup; without this a stack cannot be deleted.
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        bytesScannedCutoffPerQuery: Math.max(
          SMALLEST_CUTOFF,
          Math.round(config.operations.scan_limit_gb * 1e9),
        ),
        resultConfiguration: {
          outputLocation: `s3://${this.bucket.bucketName}/scratch/results/`,
          encryptionConfiguration: { encryptionOption: 'SSE_S3' },
          expectedBucketOwner: Stack.of(this).account,
        },
      },
    });
    return workgroup.ref;
  }
}
