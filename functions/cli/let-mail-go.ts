import { HoldfastError } from '../../shared/basics/problem.ts';
import { plainText } from '../../shared/basics/text.ts';
import { deliverMessage } from '../../shared/outbox/deliver-message.ts';
import type { StandingMail } from '../../shared/outbox/list-mail.ts';
import { intendToLetGo, type Letting, letIntendedGo } from '../../shared/outbox/operator.ts';
import { budgetFor, type PostOffice } from '../../shared/outbox/post-office.ts';
import { readState } from '../../shared/outbox/state-file.ts';
import type { ObjectStore } from '../../shared/ports/object-store.ts';
import { systemClock } from '../adapters/system-clock.ts';
import type { ExitCode } from './main.ts';
import { openConfig } from './open-config.ts';
import { openMailers } from './open-mailer.ts';
import { stateLine } from './print-mail.ts';

interface Letter {
  readonly how: Letting;
  readonly out: string;
  readonly config: string;
}

/** Lets mails go and sends them at once, where mail may leave; else the next run that may will do it. */
export const letMailGo = async (
  store: ObjectStore,
  mails: readonly StandingMail[],
  { how, out, config: file }: Letter,
): Promise<ExitCode> => {
  const config = await openConfig(file);
  const { mail: rules, time_zone: timeZone } = config;
  await intendToLetGo(store, mails, systemClock.now());
  const means = { rules, timeZone, clock: systemClock, random: Math.random, store };
  const mailers =
    rules.mode === 'send'
      ? await openMailers(config, { out, store })
      : { mailer: null, draft: null };
  const office = { ...means, ...mailers, budget: budgetFor(rules, systemClock) };
  let code: ExitCode = 0;
  for (const mail of mails) {
    try {
      await letIntendedGo(store, mail, { how, now: systemClock.now() });
      const { line, isDone } = await sent(mail, office);
      if (!isDone) code = 1;
      console.log(mails.length === 1 ? line : `${mail.messageId.slice(0, 12)}  ${line}`);
    } catch (error) {
      // Of several mails, one that cannot go keeps none of the others.
      if (mails.length === 1 || !(error instanceof HoldfastError)) throw error;
      console.error(plainText(error.message, 600));
      code = 1;
    }
  }
  return code;
};

async function sent(
  mail: StandingMail,
  office: PostOffice,
): Promise<{ readonly line: string; readonly isDone: boolean }> {
  if (office.rules.mode === 'review') {
    const line = 'Released. mail.mode is review, so the first run in mode send sends it.';
    return { line, isDone: true };
  }
  const state = await deliverMessage(mail, office);
  const standing = await readState(office.store, mail.messageId);
  const line = plainText(stateLine(state, standing?.message ?? null), 600);
  return { line, isDone: state === 'sent' };
}
