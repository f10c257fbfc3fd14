import { plural } from '../../shared/basics/text.ts';
import type { JobOutcome } from '../../shared/jobs/job.ts';
import type { ObjectStore } from '../../shared/ports/object-store.ts';
import { manifestPath } from '../../shared/publish/manifest.ts';
import { partitionPath } from '../../shared/publish/publication.ts';

/** Where the tables of a run lie, and its manifest. */
export const printFiles = ({ manifest }: JobOutcome, store: ObjectStore): void => {
  console.log('\nFiles');
  for (const { table, rows } of manifest.files) {
    console.log(`  ${store.locate(partitionPath(table, manifest.as_of))}  ${plural(rows, 'row')}`);
  }
  const run = { job: manifest.job, asOf: manifest.as_of, key: manifest.run_key };
  console.log(`  ${store.locate(manifestPath(run))}`);
};
