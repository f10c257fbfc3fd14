import { type Model, modelField, type Stage, stages } from '../../shared/config/model.ts';
import { configSchema } from '../../shared/config/schema.ts';
import type { AccountRow } from '../../shared/features/account-row.ts';
import type { Answerable } from '../../shared/health/answerable.ts';
import type { Band } from '../../shared/health/band.ts';
import type { Placement } from '../../shared/health/placement.ts';
import { resolveModels } from '../../shared/health/resolved-model.ts';
import { type Health, type Scorer, scorerFor } from '../../shared/health/score.ts';
import type { Since } from '../../shared/health/tenure.ts';
import { healthyAccount } from './healthy-account.ts';

export const defaultModel: Model = modelField.parse({});

const segments = configSchema.shape.segments.parse(undefined);

/** A place among the default segments; an adopting enterprise account has the model undiluted. */
export const placed = (segmentId = 'enterprise', stage: Stage = 'adopting'): Placement => {
  const segment = segments.find(({ id }) => id === segmentId);
  if (segment === undefined) throw new Error(`no segment ${segmentId}`);
  return { segment, motion: segment.motion, stage };
};

/** Every segment in every stage: each has a model of its own. */
export const allPlaces: readonly Placement[] = segments.flatMap(({ id }) =>
  stages.map((stage) => placed(id, stage)),
);

/** Feeds that are older than anything a rule looks back on. */
export const sinceEver: Since = () => null;

const everything: Answerable = () => null;

/** A scorer of the default segments, to which every source answers unless told otherwise. */
export const scorer = ({ model = defaultModel, answerable = everything } = {}): Scorer => {
  const models = resolveModels(
    model,
    segments.map(({ id }) => id),
  );
  return scorerFor({ model, models, answerable, since: sinceEver });
};

interface Circumstances {
  readonly model?: Model;
  readonly answerable?: Answerable;
  readonly placement?: Placement;
  /** The band it had the last time. */
  readonly before?: Band | null;
}

/** The health of an account that is all well but for what a test changes. */
export const scored = (
  change: Partial<AccountRow>,
  { placement = placed(), before = null, ...policy }: Circumstances = {},
): Health => scorer(policy)({ ...healthyAccount, ...change }, placement, before);
