import type { Badge, Tone } from '../mail-content.ts';

type Worded = readonly [string, Tone];

const CATEGORIES = new Map<string | null, Worded>([
  ['won', ['Won', 'good']],
  ['commit', ['Commit', 'good']],
  ['best_case', ['Best case', 'warn']],
  ['at_risk', ['At risk', 'bad']],
  ['lost', ['Lost', 'bad']],
]);

const BANDS = new Map<string, Worded>([
  ['green', ['Green', 'good']],
  ['yellow', ['Yellow', 'warn']],
  ['red', ['Red', 'bad']],
  ['unscored', ['Not scored', 'plain']],
]);

/** The category of a forecast; a renewal beyond the horizon has none. */
export const categoryBadge = (category: string | null): Badge => {
  const [badge, tone] = CATEGORIES.get(category) ?? ['No forecast', 'plain'];
  return { badge, tone };
};

/** A band always carries its word, for colour alone says nothing to some. */
export const bandBadge = (band: string): Badge => {
  const [badge, tone] = BANDS.get(band) ?? ['Not scored', 'plain'];
  return { badge, tone };
};

export const percent = (share: number): string => `${Math.round(share * 100)} %`;
