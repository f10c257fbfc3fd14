import { S3Client } from '@aws-sdk/client-s3';
import { s3ObjectStore } from './adapters/aws/s3-object-store.ts';
import { feedbackHandler } from './feedback-handler.ts';
import { stackVariable } from './stack-variable.ts';

export const handler = feedbackHandler(() =>
  s3ObjectStore({
    client: new S3Client({}),
    bucket: stackVariable('HOLDFAST_BUCKET'),
    prefix: '',
    expectedBucketOwner: stackVariable('HOLDFAST_BUCKET_OWNER'),
  }),
);
