import type { MeasureId } from '../../../shared/config/default-model.ts';
import type { SqlMeasure } from '../sql-measure.ts';
import { commercialMeasures } from './commercial.ts';
import { relationshipMeasures } from './relationship.ts';
import { serviceMeasures } from './service.ts';
import { usageMeasures } from './usage.ts';

/** Every measure there is, as shared/health/measures has it in TypeScript. */
export const sqlMeasures: Readonly<Record<MeasureId, SqlMeasure>> = {
  ...usageMeasures,
  ...relationshipMeasures,
  ...serviceMeasures,
  ...commercialMeasures,
};
