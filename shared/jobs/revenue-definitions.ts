import { definitionsOf } from '../publish/run-key.ts';
import type { JobInput } from './job.ts';

/** Change it when the same config comes to mean other figures; docs/revenue.md tells of each. */
const DEFINITIONS_ID = 'revenue-1';

/** The definitions that the config puts in force, for every figure of revenue. */
export const revenueDefinitions = ({ config }: Pick<JobInput, 'config'>) => {
  const { revenue, carr, churn, renewal, reactivation, expansion, retention } = config;
  const { currency, segments, motions } = config;
  return definitionsOf(DEFINITIONS_ID, {
    ...{ revenue, carr, churn, renewal, reactivation, expansion, retention },
    ...{ currency, segments, motions },
  });
};
