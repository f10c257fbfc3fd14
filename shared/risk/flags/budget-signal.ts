import type { Flag } from '../flag.ts';
import { judgeNews } from '../news.ts';

/** A budget under review is cut where nobody stands up for it with figures. */
export const budgetSignal: Flag = {
  id: 'budget_signal',
  category: 'budget_pressure',
  question: 'Has their budget come under pressure?',
  needs: ['signals.at'],

  judge({ asOf, budgetOn, budgetNote }, context) {
    const news = { topic: 'Budget pressure', heardOn: budgetOn, note: budgetNote, asOf };
    return judgeNews(news, context.policy.budget_signal, context);
  },
};
