import type { Badge, Tone } from '../mail-content.ts';

const CATEGORIES: Readonly<Record<string, readonly [string, Tone]>> = {
  won: ['Won', 'good'],
  commit: ['Commit', 'good'],
  best_case: ['Best case', 'warn'],
  at_risk: ['At risk', 'bad'],
  lost: ['Lost', 'bad'],
};

const BANDS: Readonly<Record<string, readonly [string, Tone]>> = {
  green: ['Green', 'good'],
  yellow: ['Yellow', 'warn'],
  red: ['Red', 'bad'],
  unscored: ['Not scored', 'plain'],
};

/** The category of a forecast; a renewal beyond the horizon has none. */
export const categoryBadge = (category: string | null): Badge => {
  const [badge, tone] = CATEGORIES[category ?? ''] ?? ['No forecast', 'plain'];
  return { badge, tone };
};

/** A band always carries its word, for colour alone says nothing to some. */
export const bandBadge = (band: string): Badge => {
  const [badge, tone] = BANDS[band] ?? ['Not scored', 'plain'];
  return { badge, tone };
};

export const percent = (share: number): string => `${Math.round(share * 100)} %`;
