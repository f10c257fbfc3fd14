import type { MeasureId } from '../config/default-model.ts';
import { measureIds, type Stage } from '../config/model.ts';
import type { Band } from '../health/band.ts';
import type { PastHealth, PastLine } from '../health/movement.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { accountHealth, healthReceipts } from '../publish/tables.ts';
import type { PastDay } from './past-days.ts';
import { pastRows } from './past-rows.ts';

/** The health of accounts as an earlier day published it, asked for in the order of account_id. */
export interface PastHealths {
  beginAfter(accountId: string): void;
  reach(accountId: string): Promise<void>;
  /** One object for all accounts, good until the next is asked for; null when it was not there. */
  of(accountId: string): PastHealth | null;
}

/** Reads scores and receipts of an earlier day side by side. */
export const pastHealths = async (
  store: ObjectStore,
  day: PastDay | null,
): Promise<PastHealths> => {
  const scores = await pastRows(store, day, accountHealth, [
    'score',
    'band',
    'scored_band',
    'segment',
    'lifecycle',
  ]);
  const receipts = await pastRows(store, day, healthReceipts, [
    'measure',
    'raw_value',
    'points',
    'weight',
  ]);
  const lines = new Map<MeasureId, MutableLine>(measureIds.map((id) => [id, { ...NO_LINE }]));
  const past = {
    score: null as number | null,
    band: 'unscored' as Band,
    scoredBand: 'unscored' as Band,
    segment: '',
    stage: 'adopting' as Stage,
    lineOf(measure: MeasureId): PastLine | undefined {
      const line = lines.get(measure);
      return line?.isThere ? line : undefined;
    },
  };

  return {
    beginAfter(accountId) {
      scores.beginAfter(accountId);
      receipts.beginAfter(accountId);
    },
    reach: async (accountId) => {
      await Promise.all([scores.reach(accountId), receipts.reach(accountId)]);
    },
    of(accountId) {
      let isThere = false;
      scores.visit(accountId, ({ score, band, scored_band, segment, lifecycle }, index) => {
        isThere = true;
        past.score = (score?.[index] ?? null) as number | null;
        past.band = band?.[index] as Band;
        past.scoredBand = scored_band?.[index] as Band;
        past.segment = segment?.[index] as string;
        past.stage = lifecycle?.[index] as Stage;
      });
      for (const line of lines.values()) line.isThere = false;
      receipts.visit(accountId, ({ measure, raw_value, points, weight }, index) => {
        const line = lines.get(measure?.[index] as MeasureId);
        if (line === undefined) return;
        line.isThere = true;
        line.rawValue = (raw_value?.[index] ?? null) as number | null;
        line.points = (points?.[index] ?? null) as number | null;
        line.weight = weight?.[index] as number;
      });
      return isThere ? past : null;
    },
  };
};

interface MutableLine {
  isThere: boolean;
  rawValue: number | null;
  points: number | null;
  weight: number;
}

const NO_LINE: MutableLine = { isThere: false, rawValue: null, points: null, weight: 0 };
