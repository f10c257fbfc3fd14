import { CopyObjectCommand } from '@aws-sdk/client-s3';
import type { S3Bucket } from './s3-bucket.ts';

/** What S3 copies in one call, by its documentation; far above any table published here. */
export const COPY_BYTES_AT_MOST = 5 * 1024 ** 3;

/** Copies within the bucket, over whatever stood there; false when there is nothing to copy. */
export const s3Copy = async (bucket: S3Bucket, from: string, to: string): Promise<boolean> => {
  const source = bucket.target(from).Key.split('/').map(encodeURIComponent).join('/');
  const command = new CopyObjectCommand({
    ...bucket.target(to),
    CopySource: `${bucket.name}/${source}`,
    ExpectedSourceBucketOwner: bucket.owner,
  });
  const copied = await bucket.call('CopyObject', to, () => bucket.client.send(command));
  return copied !== undefined;
};
