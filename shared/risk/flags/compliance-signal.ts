import type { Flag } from '../flag.ts';
import { judgeNews } from '../news.ts';

/** A question of compliance or security has a veto that no amount of value outweighs. */
export const complianceSignal: Flag = {
  id: 'compliance_signal',
  category: 'compliance_security',
  question: 'Has a concern about compliance or security come up?',
  needs: ['signals.at'],

  judge({ asOf, complianceOn, complianceNote }, context) {
    const topic = 'A compliance or security concern';
    const news = { topic, heardOn: complianceOn, note: complianceNote, asOf };
    return judgeNews(news, context.policy.compliance_signal, context);
  },
};
