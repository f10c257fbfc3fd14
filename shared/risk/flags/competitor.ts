import type { Flag } from '../flag.ts';
import { judgeNews } from '../news.ts';

/** Who compares has a reason to; better to hear it than to guess it. */
export const competitor: Flag = {
  id: 'competitor',
  category: 'value_gap',
  question: 'Are they looking at somebody else?',
  needs: ['signals.at'],

  judge({ asOf, competitorOn, competitorNote }, context) {
    const news = { topic: 'A competitor', heardOn: competitorOn, note: competitorNote, asOf };
    return judgeNews(news, context.policy.competitor, context);
  },
};
