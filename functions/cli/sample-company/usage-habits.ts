import type { AccountStory } from './account-story.ts';

/** How an account uses the product, whatever it uses of it; named as usage_daily stages them. */
export const usageHabits = (story: AccountStory) => {
  const random = story.random('usage');
  const seats = Math.max(...story.lines.map((line) => line.seats));
  return {
    weekend_share: random.quantile([0, 0.03, 0.08, 0.15, 0.4]),
    holiday_share: random.between(0.25, 0.6),
    sessions_per_user: random.between(1.3, 2.9),
    events_per_user: random.quantile([4, 7, 10, 14, 22]),
    feature_count: random.whole(6, 18),
    team_count: Math.max(1, Math.round(Math.min(40, seats / random.between(8, 20)))),
  };
};
