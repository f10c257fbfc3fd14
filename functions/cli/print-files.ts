import { plural } from '../../shared/basics/text.ts';
import type { JobOutcome } from '../../shared/jobs/job.ts';
import type { ObjectStore } from '../../shared/ports/object-store.ts';
import { manifestPath } from '../../shared/publish/manifest.ts';
import { publishedPath } from '../../shared/publish/publication.ts';

/** More files than this in one folder are told by their folder. */
const MOST_OF_A_FOLDER = 8;

/** Every mail has a folder of its own; they are told together. */
const folderOf = (path: string): string =>
  path.startsWith('outbox/') ? 'outbox' : path.slice(0, path.lastIndexOf('/'));

/** Where the files of a run lie, and its manifest. */
export const printFiles = ({ manifest }: JobOutcome, store: ObjectStore): void => {
  console.log('\nFiles');
  const files = manifest.files.map((file) => {
    const path = publishedPath(file, manifest.as_of);
    const isTable = file.published_as === undefined || path.endsWith('.csv');
    const rows = isTable ? plural(file.rows, 'row') : '';
    return { path, folder: folderOf(path), rows };
  });
  for (const folder of new Set(files.map((file) => file.folder))) {
    const mine = files.filter((file) => file.folder === folder);
    if (mine.length > MOST_OF_A_FOLDER) {
      console.log(`  ${store.locate(folder)}  ${plural(mine.length, 'file')}`);
      continue;
    }
    for (const { path, rows } of mine) console.log(`  ${store.locate(path)}  ${rows}`.trimEnd());
  }
  const run = { job: manifest.job, asOf: manifest.as_of, key: manifest.run_key };
  console.log(`  ${store.locate(manifestPath(run))}`);
};
