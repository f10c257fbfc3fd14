import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The names of the files in a folder, here or in S3; null when nobody may look. */
export const filesStanding = async (place: string, under: string): Promise<string[] | null> => {
  const bucket = /^s3:\/\/([^/]+)\/?(.*?)\/?$/.exec(place);
  if (bucket !== null) return inS3(bucket[1] as string, [bucket[2], under].filter(Boolean));
  const entries = await readdir(join(place, under), { withFileTypes: true }).catch(() => null);
  // What the system or a sync leaves behind, such as .DS_Store, is nobody's file.
  return entries?.map(({ name }) => name).filter((name) => !name.startsWith('.')) ?? null;
};

async function inS3(bucket: string, parts: readonly (string | undefined)[]) {
  const { ListObjectsV2Command, S3Client } = await import('@aws-sdk/client-s3');
  const prefix = parts.map((part) => `${part}/`).join('');
  const asked = new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix });
  const answer = await new S3Client({}).send(asked).catch(() => null);
  return answer?.Contents?.map(({ Key = '' }) => Key.slice(prefix.length)).filter(Boolean) ?? null;
}
