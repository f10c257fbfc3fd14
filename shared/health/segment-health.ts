import { shareOf } from '../basics/ratio.ts';
import type { AccountRow } from '../features/account-row.ts';
import { type Band, bands } from './band.ts';
import type { Health } from './score.ts';

export type Cut = 'all' | 'segment' | 'region' | 'owner';

/** Accounts and ARR of one band within one part of the customer base. */
export interface SegmentHealth {
  readonly cut: Cut;
  readonly cutValue: string;
  readonly band: Band;
  readonly accounts: number;
  readonly arrCents: number;
  /** Share of the cut's accounts, and of its ARR; null when the cut has none. */
  readonly accountShare: number | null;
  readonly arrShare: number | null;
}

/** An account with what was made of it. */
export interface ScoredAccount {
  readonly account: Pick<AccountRow, 'arrCents' | 'region' | 'ownerEmail'>;
  readonly health: Pick<Health, 'band'>;
  readonly segment: string;
}

/** Named so that accounts without a region or an owner are seen and not lost. */
const NOBODY = '(none)';

/** Counts accounts as they stream past; memory grows with cuts, not with accounts. */
export const segmentHealthTally = () => {
  const cells = new Map<string, { accounts: number; arrCents: number }>();
  return {
    add({ account, health: { band }, segment }: ScoredAccount): void {
      count('all', 'all');
      count('segment', segment);
      count('region', account.region ?? NOBODY);
      count('owner', account.ownerEmail ?? NOBODY);

      function count(cut: Cut, cutValue: string): void {
        const key = JSON.stringify([cut, cutValue]);
        for (const place of [key, `${key}${band}`]) {
          const cell = cells.get(place) ?? { accounts: 0, arrCents: 0 };
          cell.accounts += 1;
          cell.arrCents += account.arrCents;
          cells.set(place, cell);
        }
      }
    },
    /** Every band of every cut, the empty ones too, in a fixed order. */
    parts: (): SegmentHealth[] =>
      [...cells.entries()]
        .filter(([key]) => key.endsWith(']'))
        .map(([key, whole]) => ({ key, whole, at: JSON.parse(key) as [Cut, string] }))
        .sort((a, b) => (a.key < b.key ? -1 : 1))
        .flatMap(({ key, whole, at: [cut, cutValue] }) =>
          bands.map((band) => {
            const cell = cells.get(`${key}${band}`) ?? { accounts: 0, arrCents: 0 };
            return {
              cut,
              cutValue,
              band,
              ...cell,
              accountShare: shareOf(cell.accounts, whole.accounts),
              arrShare: shareOf(cell.arrCents, whole.arrCents),
            };
          }),
        ),
  };
};
