import { addDays } from '../basics/day.ts';
import type { RiskPolicy } from '../config/risk.ts';
import type { AccountRow } from '../features/account-row.ts';
import { playDrivers } from '../sources/plays.ts';
import type { Flag } from './flag.ts';
import { type Episode, isOpen } from './life-cycle.ts';

/** What keeps a flag from being told again. */
export const PLAY_OPEN = 'play open';

/**
 * Why a flag that is open is not told: somebody is at it already, or it only just went and came
 * back. What is critical is always told, and a play that is overdue silences nothing.
 */
export const quietBecauseFor = (
  { id, category }: Pick<Flag, 'id' | 'category'>,
  policy: RiskPolicy,
) => {
  const answered = bitOf(id) | bitOf(category);

  return (episode: Episode, account: AccountRow): string | null => {
    if (!isOpen(episode) || episode.severity === 'critical') return null;
    if ((account.openPlayDrivers & answered) !== 0 && account.playsOverdue === 0) return PLAY_OPEN;
    if (episode.clearedOn === null) return null;
    const until = addDays(episode.clearedOn, policy.cooldown_days);
    return account.asOf < until ? `cooldown until ${until}` : null;
  };
};

const bitOf = (driver: (typeof playDrivers)[number]): number => 1 << playDrivers.indexOf(driver);
