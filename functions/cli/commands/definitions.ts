import { stringify } from 'yaml';
import { revenueDefinitions } from '../../../shared/jobs/revenue-definitions.ts';

import { formulas } from '../../../shared/revenue/formulas.ts';
import type { ExitCode } from '../main.ts';
import { openConfig } from '../open-config.ts';

/** Prints what the figures of revenue mean under a config: formulas, switches, and their hash. */
export const definitions = async ({ config: file }: { config: string }): Promise<ExitCode> => {
  const config = await openConfig(file);
  const { id, hash, meaning } = revenueDefinitions({ config });
  console.log(`Definitions ${id} ${hash}\n`);
  for (const [name, formula] of Object.entries(formulas)) console.log(`  ${name}: ${formula}`);
  const { segments: _segments, motions: _motions, ...switches } = meaning;
  console.log('\nSwitches in force');
  console.log(stringify(switches).trimEnd().replaceAll(/^/gm, '  '));
  console.log('\nTargets');
  for (const { id: segment, targets } of config.segments) {
    console.log(`  ${segment}: NRR ${targets.nrr}, GRR ${targets.grr}`);
  }
  return 0;
};
