import { z } from 'zod';
import type { Problem } from '../../shared/basics/problem.ts';
import {
  type FinanceManifest,
  financeManifestSchema,
} from '../../shared/finance/finance-manifest.ts';
import type { ObjectStore } from '../../shared/ports/object-store.ts';
import { decimalText } from '../../shared/publish/csv-file.ts';
import { type Check, checkFinanceFile, failing, holding } from './check-finance-file.ts';

const MANIFEST = 'manifest.json';

interface FolderOptions {
  /** Where the folder lies in the store: '' for the store itself, else with a slash at its end. */
  readonly under: string;
  /** The names that stand there; null when nobody may look. */
  readonly standing: readonly string[] | null;
}

/** Checks a folder for finance from its manifest outwards, one file after the other. */
export async function* checkFinanceFolder(
  store: ObjectStore,
  { under, standing }: FolderOptions,
): AsyncGenerator<Check> {
  const fix =
    'Name the folder that finance syncs, or the results with --as-of; fetch it again if it is torn.';
  const read = await readJson(store, `${under}${MANIFEST}`, financeManifestSchema, fix);
  if ('problem' in read) return yield failing(MANIFEST, [read.problem]);
  const manifest = read.value;
  yield holding(MANIFEST, `as of ${manifest.as_of}, run ${manifest.run_key}`);
  for (const file of manifest.files)
    yield await checkFinanceFile(store, `${under}${file.name}`, file);
  yield await checkDescription(store, `${under}datapackage.json`, manifest);
  yield checkReconciliation(store.locate(`${under}${MANIFEST}`), manifest);
  yield checkStrangers(manifest, standing);
}

const packageSchema = z.looseObject({
  resources: z.array(z.looseObject({ path: z.string(), hash: z.string(), bytes: z.number() })),
});

/** Whoever reads the CSVs by their description must read the very same files. */
async function checkDescription(
  store: ObjectStore,
  key: string,
  manifest: FinanceManifest,
): Promise<Check> {
  const what = 'datapackage.json names the same files';
  const fix = 'Fetch the folder again; description and files are of different runs.';
  const read = await readJson(store, key, packageSchema, fix);
  if ('problem' in read) return failing(what, [read.problem]);
  const linesOf = (files: readonly { name: string; hash: string; bytes: number }[]) =>
    files.map(({ name, hash, bytes }) => `${name} of ${bytes} bytes, ${hash}`).sort();
  const described = linesOf(read.value.resources.map((file) => ({ ...file, name: file.path })));
  const listed = linesOf(
    manifest.files
      .filter(({ rows }) => rows !== null)
      .map((file) => ({ ...file, hash: `sha256:${file.sha256}` })),
  );
  const strays = described.filter((line) => !listed.includes(line));
  const missing = listed.filter((line) => !described.includes(line));
  if (strays.length + missing.length === 0) return holding(what, `${listed.length} CSVs`);
  const found = strays.join('; ') || 'nothing of them';
  const expected = missing.join('; ') || 'only what the manifest names';
  return failing(what, [{ where: store.locate(key), found, expected, fix }]);
}

function checkReconciliation(where: string, { reconciliation, currency }: FinanceManifest): Check {
  const what = 'reconciles to revenue_rollups';
  const { arr_of_revenue_rollups: revenue, live_arr_of_renewals: renewals } = reconciliation;
  const difference = decimalText(cents(revenue) - cents(renewals));
  if (difference === '0.00' && reconciliation.difference === '0.00')
    return holding(what, `ARR ${revenue} ${currency} on both sides`);
  const found = `a difference of ${difference}, told as ${reconciliation.difference}`;
  const fix = 'Do not use it; Holdfast publishes none that differs, so the manifest was changed.';
  return failing(what, [{ where, found, expected: 'none', fix }]);
}

const cents = (decimal: string): bigint => BigInt(decimal.replace('.', ''));

function checkStrangers({ files }: FinanceManifest, standing: FolderOptions['standing']): Check {
  const what = 'nothing else stands there';
  if (standing === null) return holding(what, 'not looked for: the place cannot be listed');
  const known = new Set([MANIFEST, ...files.map(({ name }) => name)]);
  const strangers = standing.filter((name) => !known.has(name));
  if (strangers.length === 0) return holding(what, `${known.size} files`);
  const fix = 'Take them elsewhere; they are no part of the forecast.';
  const expected = 'only what the manifest names';
  return failing(
    what,
    strangers.map((name) => ({ where: name, found: 'a file', expected, fix })),
  );
}

type Read<Value> = { readonly value: Value } | { readonly problem: Problem };

async function readJson<Schema extends z.ZodType>(
  store: ObjectStore,
  key: string,
  schema: Schema,
  fix: string,
): Promise<Read<z.output<Schema>>> {
  const where = store.locate(key);
  const expected = 'the file as Holdfast writes it';
  const stored = await store.read(key);
  if (stored === undefined) return { problem: { where, found: 'nothing', expected, fix } };
  try {
    const read = schema.safeParse(JSON.parse(new TextDecoder().decode(stored.bytes)));
    if (read.success) return { value: read.data };
    const [issue] = read.error.issues;
    const found = `JSON of another shape (${issue?.path.join('.')}: ${issue?.message})`;
    return { problem: { where, found, expected, fix } };
  } catch {
    return { problem: { where, found: 'text that is not JSON', expected, fix } };
  }
}
