import { segmentStep } from './account-life.ts';
import { type Region, type Segment, segments } from './company.ts';
import { evenly, randomStream, weightedKey } from './random-stream.ts';
import { scriptOf } from './stories.ts';

const segmentShares: Readonly<Record<Segment, number>> = {
  Enterprise: segments.Enterprise.share,
  'Mid-market': segments['Mid-market'].share,
  SMB: segments.SMB.share,
};

/** A group: the first Enterprise account of so many neighbours, and the larger ones after it. */
const neighbours = 64;

/** The segment an index belongs to; the shares are right for any number of accounts. */
export function segmentOf(seed: number, index: number): Segment {
  return scriptOf(index)?.segment ?? weightedKey(segmentShares, evenly(seed, index, segmentStep));
}

/** The group an account is a daughter in, and which daughter it is; undefined for all others. */
export function groupOf(seed: number, index: number): { head: number; order: number } | undefined {
  const script = scriptOf(index);
  if (script?.daughterOf !== undefined) return { head: script.daughterOf, order: 0 };
  if (script || segmentOf(seed, index) === 'SMB') return undefined;
  const first = index - (index % neighbours);
  let head = first;
  while (segmentOf(seed, head) !== 'Enterprise') head += 1;
  const daughters = randomStream(seed, head, 'group').whole(2, 5);
  let order = -1;
  for (let other = head; other < index && order < daughters; other += 1) {
    if (segmentOf(seed, other) !== 'SMB') order += 1;
  }
  return head < index && order < daughters ? { head, order } : undefined;
}

/** Groups spread over the world more than single companies do. */
export const groupRegions = (group: object | undefined): Partial<Record<Region, number>> =>
  group ? { 'North America': 35, EMEA: 35, APAC: 18, LATAM: 12 } : {};
