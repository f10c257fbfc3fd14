import type { S3Client } from '@aws-sdk/client-s3';
import { assert, HoldfastError } from '../../../shared/basics/problem.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import { systemClock } from '../system-clock.ts';
import { awsFailure, isDenied, isDropped, isThrottled, isUnknownCaller } from './aws-failure.ts';
import { withBackoff } from './with-backoff.ts';

export interface S3BucketOptions {
  readonly client: S3Client;
  readonly bucket: string;
  /** The folder within the bucket that keys are relative to; '' for the whole bucket. */
  readonly prefix: string;
  /** The AWS account that must own the bucket, so that a name taken over by another is refused. */
  readonly expectedBucketOwner?: string;
  readonly clock?: Clock;
  readonly random?: () => number;
}

/** One bucket under one prefix, and the one way to call it. */
export interface S3Bucket {
  readonly client: S3Client;
  readonly name: string;
  readonly owner: string | undefined;
  /** What every request about an object begins with. */
  target(key: string): { Bucket: string; Key: string; ExpectedBucketOwner: string | undefined };
  locate(key: string): string;
  /** Undefined when S3 answers that no such object or upload, or no such version of it, stands. */
  call<T>(operation: S3Operation, key: string, run: () => Promise<T>): Promise<T | undefined>;
  /** The error for a reader when an operation cannot do what it was asked. */
  failure(operation: S3Operation, key: string, found: string, cause?: unknown): HoldfastError;
}

export type S3Operation = keyof typeof PERMISSIONS;

/** Puts the retries and the wording of failures in one place, apart from what is being asked. */
export const s3Bucket = (options: S3BucketOptions): S3Bucket => {
  const { client, bucket: name, clock = systemClock, random = Math.random } = options;
  const folder = options.prefix.replace(/^\/+|\/+$/g, '');
  const fullKey = (key: string) => (folder === '' ? plainKey(key) : `${folder}/${plainKey(key)}`);
  const locate = (key: string) => `s3://${name}/${fullKey(key)}`;

  const failure = (operation: S3Operation, key: string, found: string, cause?: unknown) =>
    new HoldfastError(
      'results',
      [
        {
          where: locate(key),
          found,
          expected: `S3 to answer ${operation}`,
          fix: remedy(operation, `arn:aws:s3:::${name}`, folder, cause),
        },
      ],
      { cause },
    );

  const call = async <T>(operation: S3Operation, key: string, run: () => Promise<T>) => {
    try {
      return await withBackoff(run, isPassing, { clock, random });
    } catch (error) {
      const { name, message } = awsFailure(error);
      if (NOT_AS_ASKED.has(name)) return undefined;
      throw failure(operation, key, `${name} (${message})`, error);
    }
  };

  const target = (key: string) => ({
    Bucket: name,
    Key: fullKey(key),
    ExpectedBucketOwner: options.expectedBucketOwner,
  });
  return { client, name, owner: options.expectedBucketOwner, target, locate, call, failure };
};

const NOT_AS_ASKED = new Set(['NoSuchKey', 'NotFound', 'NoSuchUpload', 'PreconditionFailed']);

const READ = 's3:GetObject, and s3:ListBucket on the bucket (without it S3 denies what is absent),';
const PERMISSIONS = {
  GetObject: READ,
  HeadObject: READ,
  PutObject: 's3:PutObject',
  CopyObject: 's3:GetObject and s3:PutObject',
  CreateMultipartUpload: 's3:PutObject',
  UploadPart: 's3:PutObject',
  CompleteMultipartUpload: 's3:PutObject',
  AbortMultipartUpload: 's3:AbortMultipartUpload',
} as const;

function plainKey(key: string): string {
  const parts = key.split('/');
  assert(!parts.some((part) => /^\.{0,2}$/.test(part)), `"${key}" is not a plain relative key`);
  return key;
}

function isPassing(error: unknown): boolean {
  // A race between two conditional writes; the SDK takes it for final, S3 asks to try again.
  const isRace = awsFailure(error).name === 'ConditionalRequestConflict';
  return isRace || isThrottled(error) || isDropped(error);
}

function remedy(operation: S3Operation, arn: string, folder: string, cause: unknown): string {
  if (isUnknownCaller(cause)) return 'Give this process valid AWS credentials.';
  if (isDenied(cause)) {
    const keys = folder === '' ? `${arn}/*` : `${arn}/${folder}/*`;
    return `Allow ${PERMISSIONS[operation]} on ${keys}, and the use of its KMS key if it has one.`;
  }
  if (awsFailure(cause).name === 'NoSuchBucket') return 'Deploy the bucket, or correct its name.';
  return 'Run it again: nothing half-written stands in the store.';
}
