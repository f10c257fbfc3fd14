import { unloadedParquet } from '../../functions/adapters/aws/unloaded-parquet.ts';
import { folderObjectStore } from '../../functions/adapters/local/folder-object-store.ts';
import type { Day } from '../../shared/basics/day.ts';
import { loadConfig } from '../../shared/config/load-config.ts';
import { scoreAccounts } from '../../shared/jobs/score-accounts.ts';
import { clockOfTheCompany } from '../day.ts';
import { observedStore, observedWarehouse, partsOf } from '../observed-ports.ts';
import { retold } from '../recorded-answers.ts';
import { featureFiles, featureFolder, readAnswers } from '../unloaded.ts';
import { asked, report, stopwatch } from './stage.ts';

/**
 * What runs in the Lambda, with no engine in its process: reads the unloaded features, scores, flags
 * and publishes. Its small questions are answered from what was written down.
 */
const { configText, asOf, folder, out } = asked<{
  configText: string;
  asOf: Day;
  folder: string;
  out: string;
}>();
const watch = stopwatch();
const config = loadConfig({ text: configText, file: 'holdfast.yaml' });
const { answers } = await readAnswers(folder);
const scratch = folderObjectStore(featureFolder(folder));
const files = await featureFiles(folder);
const { warehouse, waited, rows } = observedWarehouse({
  read: retold(answers),
  stream: ({ name, orderBy }) => unloadedParquet({ name, orderBy, scratch, files }),
  close: async () => undefined,
});
const { store, counts } = observedStore(folderObjectStore(out));
// EventBridge keeps nothing in this process, where a file of events would be read to its end.
const bus = { publish: async () => undefined };
const ports = { warehouse, store, bus, clock: clockOfTheCompany, progress: partsOf(watch, waited) };
await scoreAccounts.run({ asOf, config }, ports);
watch.lap('close');
report({ parts: watch.parts, accounts: rows(), counts });
