import { dimensionOfMeasure, measureIds, stages } from '../../../shared/config/model.ts';
import { resolveModels } from '../../../shared/health/resolved-model.ts';
import { aligned } from '../aligned.ts';
import type { ExitCode } from '../main.ts';
import { openConfig } from '../open-config.ts';

/** Prints what each measure weighs for whom: the config says it in differences, this says it whole. */
export const model = async ({ config: file }: { config: string }): Promise<ExitCode> => {
  const config = await openConfig(file);
  const segments = config.segments.map(({ id }) => id);
  const models = resolveModels(config.model, segments);
  for (const stage of stages) {
    const weightOf = (segment: string, id: string) =>
      models(segment, stage).find((measure) => measure.id === id)?.weight ?? 0;
    const rows = measureIds.map((id) => [
      `  ${dimensionOfMeasure.get(id)}`,
      id,
      ...segments.map((segment) => weightOf(segment, id).toFixed(1)),
    ]);
    const head = ['  dimension', 'measure', ...segments];
    const right = [false, false, ...segments.map(() => true)];
    console.log(`${stage}: weight of each measure, of 100`);
    console.log(`${aligned([head, ...rows], right).join('\n')}\n`);
  }
  return 0;
};
