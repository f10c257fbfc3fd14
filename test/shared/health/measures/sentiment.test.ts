import { toDay } from '../../../../shared/basics/day.ts';
import { observed, unknown } from '../../../../shared/health/measure.ts';
import { judgeCases } from './judge-cases.ts';

judgeCases('sentiment', [
  [
    'nps',
    'promoters less detractors',
    { npsResponses180d: 4, npsPromoters180d: 1, npsDetractors180d: 2 },
    observed(-25, 'NPS -25 over 4 responses in 180 days'),
  ],
  ['nps', 'nobody answered', { npsResponses180d: 0 }, unknown('no NPS response in 180 days')],
  [
    'csat',
    'rated',
    { csat180d: 4, csatCount180d: 1 },
    observed(4, '4.0 of 5 over 1 response in 180 days'),
  ],
  ['csat', 'nobody answered', { csat180d: null }, unknown('no CSAT response in 180 days')],
  [
    'open_detractors',
    'one open',
    { npsDetractors180d: 2, npsDetractorsOpen: 1 },
    observed(1, '1 of 2 detractors not yet answered'),
  ],
  ['open_detractors', 'none ever', {}, observed(0, 'no detractor in 180 days')],
  [
    'open_detractors',
    'nobody answered',
    { npsResponses180d: 0 },
    unknown('no NPS response in 180 days'),
  ],
  ['advocacy', 'once', { advocacy365d: 1 }, observed(1, 'spoke for us 1 time in 365 days')],
  [
    'advocacy',
    'silent is zero',
    { advocacy365d: 0 },
    observed(0, 'spoke for us nowhere in 365 days'),
  ],
  [
    'advocacy',
    'too new to vouch',
    { advocacy365d: 0, customerSince: toDay('2026-10-22') },
    unknown('customer for 31 days; nobody vouches before 180'),
  ],
]);
