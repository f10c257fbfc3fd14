import type { Day } from '../../../shared/basics/day.ts';
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
  const store = await openStore(place);
  const folder = asOf === undefined ? '' : financeFolder(asOf);
  const standing = await filesStanding(place, folder);
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
