import { CopyObjectCommand } from '@aws-sdk/client-s3';
import type { S3Bucket } from './s3-bucket.ts';

/** What S3 copies in one call, by its documentation; far above any table published here. */
export const COPY_BYTES_AT_MOST = 5 * 1024 ** 3;

/** A page is shown by a browser only where it is called one; all else is read by programs. */
const contentTypeOf = (key: string): string | undefined =>
  key.endsWith('.html') ? 'text/html; charset=utf-8' : undefined;

/** Copies within the bucket, over whatever stood there; false when there is nothing to copy. */
export const s3Copy = async (bucket: S3Bucket, from: string, to: string): Promise<boolean> => {
  const source = bucket.target(from).Key.split('/').map(encodeURIComponent).join('/');
  const ContentType = contentTypeOf(to);
  const command = new CopyObjectCommand({
    ...bucket.target(to),
    // Else the copy is called what the original is, whatever is said here.
    ...(ContentType !== undefined && { ContentType, MetadataDirective: 'REPLACE' }),
    CopySource: `${bucket.name}/${source}`,
    ExpectedSourceBucketOwner: bucket.owner,
  });
  const copied = await bucket.call('CopyObject', to, () => bucket.client.send(command));
  return copied !== undefined;
};
