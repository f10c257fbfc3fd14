import { expect, test } from 'vitest';
import { configSchema } from '../../../shared/config/schema.ts';
import { segmentOf } from '../../../shared/health/segment.ts';

const segments = configSchema.shape.segments.parse(undefined);

test.each<[string, string | null, number, string]>([
  ['the value that a segment lists decides, however much they pay', 'SMB', 1e9, 'smb'],
  ['and however little', 'Enterprise', 0, 'enterprise'],
  ['a value that no segment lists goes by ARR', 'Strategic', 15_000_000, 'enterprise'],
  ['no value: ARR of exactly the floor', null, 15_000_000, 'enterprise'],
  ['a cent less', null, 14_999_999, 'mid_market'],
  ['exactly the next floor', null, 2_500_000, 'mid_market'],
  ['a cent less than that', null, 2_499_999, 'smb'],
  ['nothing at all', null, 0, 'smb'],
])('%s', (_, segmentName, arrCents, id) => {
  expect(segmentOf({ segmentName, arrCents }, segments).id).toBe(id);
});
