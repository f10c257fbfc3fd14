import type { Day } from '../../../shared/basics/day.ts';
import { HoldfastError } from '../../../shared/basics/problem.ts';
import { plainText, plural } from '../../../shared/basics/text.ts';
import { financeFolder } from '../../../shared/finance/finance-manifest.ts';
import type { Check } from '../check-finance-file.ts';
import { checkFinanceFolder } from '../check-finance-folder.ts';
import { filesStanding } from '../files-standing.ts';
import type { ExitCode } from '../main.ts';
import { openStore } from '../open-warehouse.ts';

interface VerifyOptions {
  readonly asOf?: Day;
}

/** Tells whether a forecast that finance has fetched is whole and unchanged, check by check. */
export const verify = async (place: string, { asOf }: VerifyOptions): Promise<ExitCode> => {
  const folder = asOf === undefined ? '' : financeFolder(asOf);
  const standing = await standingIn(place, folder);
  const store = await openStore(place);
  let checks = 0;
  let failed = 0;
  const under = folder === '' ? '' : `${folder}/`;
  for await (const check of checkFinanceFolder(store, { under, standing })) {
    checks += 1;
    if (check.holds === null) failed += 1;
    for (const line of linesOf(check)) console.log(line);
  }
  const told =
    failed === 0
      ? `\nAll ${plural(checks, 'check')} hold.`
      : `\n${failed} of ${plural(checks, 'check')} ${failed === 1 ? 'does' : 'do'} not hold.`;
  console.log(told);
  return failed === 0 ? 0 : 1;
};

/** What was asked wrongly is told as such, and is no finding. */
async function standingIn(place: string, folder: string): Promise<string[] | null> {
  const isS3 = /^s3:\/\/[^/]+/.test(place);
  const found = place.startsWith('s3://') && !isS3 ? 'no bucket' : 'nothing that can be listed';
  if (isS3) return filesStanding(place, folder);
  const standing =
    place.trim() === '' || place.startsWith('s3://') ? null : await filesStanding(place, folder);
  if (standing !== null) return standing;
  const where = place.trim() === '' ? 'verify' : [place, folder].filter(Boolean).join('/');
  const expected = 'a folder with the manifest.json of a forecast, or s3://bucket/prefix';
  const fix = 'Name the folder that was synced; or that of all results, with --as-of <day>.';
  throw new HoldfastError('usage', [{ where, found, expected, fix }]);
}

function linesOf({ what, holds, problems }: Check): string[] {
  if (holds !== null) return [`  ok   ${plain(what)}: ${plain(holds)}`];
  return [
    `  BAD  ${plain(what)}`,
    ...problems.flatMap(({ where, found, expected, fix }) => [
      `       where     ${plain(where)}`,
      `       found     ${plain(found)}`,
      `       expected  ${plain(expected)}`,
      `       do        ${plain(fix)}`,
    ]),
  ];
}

const plain = (text: string): string => plainText(text, 600);
