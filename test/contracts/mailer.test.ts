import { SESClient } from '@aws-sdk/client-ses';
import { sesMailer } from '../../functions/adapters/aws/ses-mailer.ts';
import { emlMailer } from '../../functions/adapters/local/eml-mailer.ts';
import type { Mailer } from '../../shared/ports/mailer.ts';
import { fakeClock } from '../kit/fake-clock.ts';
import { fakeSes } from '../kit/fake-ses.ts';
import { memoryObjectStore } from '../kit/memory-object-store.ts';
import { mailerContract } from './mailer.contract.ts';

mailerContract('files beside the results', async () => {
  const store = memoryObjectStore();
  const { send } = emlMailer(store);
  const taken: Uint8Array[] = [];
  // What stands at the place that the result names is what was written last.
  const noting: Mailer = {
    async send(message) {
      const result = await send(message);
      if (result.status !== 'sent') return result;
      const key = result.reference.replace(/^memory:/, '');
      taken.push(store.objects.get(key)?.bytes ?? new Uint8Array());
      return result;
    },
  };
  return { mailer: noting, taken: async () => taken };
});

mailerContract('SES', async () => {
  const ses = await fakeSes();
  const client = new SESClient({ ...ses.client, maxAttempts: 1 });
  const means = { client, clock: fakeClock(), random: () => 0.5 };
  return {
    mailer: sesMailer({ ...means, configurationSet: 'holdfast' }),
    taken: async () => ses.taken.map(({ raw }) => raw),
    close: async () => {
      client.destroy();
      await ses.close();
    },
  };
});
