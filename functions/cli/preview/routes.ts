import { isDay } from '../../../shared/basics/day.ts';
import { describeProblem, HoldfastError } from '../../../shared/basics/problem.ts';
import { type Answer, fileAnswer, mailAnswer, refusal, reportAnswer } from './answer.ts';
import { indexPage } from './index-page.ts';
import { mailPage, mailWithPictures } from './mail-page.ts';
import type { ResultsFolder } from './results-folder.ts';

interface Asked {
  readonly method: string;
  /** As it came, so that nothing is put right on the way. */
  readonly target: string;
  readonly host: string;
}

interface Place {
  readonly folder: string;
  readonly results: ResultsFolder;
  /** What a browser of this machine says in Host. A page elsewhere that resolves here says another. */
  readonly hosts: readonly string[];
}

/** Answers whatever is asked; only these paths are known, and none of them holds a path of the folder. */
export const answerTo = async (asked: Asked, place: Place): Promise<Answer> => {
  if (!place.hosts.includes(asked.host.toLowerCase())) {
    return refusal(403, `This preview answers to ${place.hosts.join(' and ')} alone.`);
  }
  if (asked.method !== 'GET' && asked.method !== 'HEAD') {
    return refusal(405, 'There is nothing to do here but read.');
  }
  const [path = '', query = ''] = asked.target.split('?');
  try {
    return (await pageAt(path, query, place)) ?? refusal(404, 'Nothing lies here.');
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    return refusal(500, error.problems.map(describeProblem).join(' '));
  }
};

async function pageAt(path: string, query: string, place: Place): Promise<Answer | null> {
  const { folder, results } = place;
  if (path === '/') {
    const [mails, reports] = await Promise.all([results.mails(), results.reports()]);
    return indexPage({ folder, mails, reports });
  }
  const [, id, part] = /^\/mail\/([0-9a-f]{32})(?:\/([a-z.]+(?:\/\d{1,3})?))?$/.exec(path) ?? [];
  if (id !== undefined) return mailPart({ id, part, query }, results);
  const [, report, day] = /^\/reports\/([a-z-]+)\/([0-9-]{10})$/.exec(path) ?? [];
  if (report === undefined || day === undefined || !isDay(day)) return null;
  const page = await results.report({ report, day });
  return page === null ? null : reportAnswer(page);
}

async function mailPart(
  { id, part, query }: { id: string; part: string | undefined; query: string },
  results: ResultsFolder,
): Promise<Answer | null> {
  if (part === 'message.eml') {
    const bytes = await results.eml(id);
    return bytes === null ? null : fileAnswer(bytes, `${id}.eml`);
  }
  const mail = await results.mail(id);
  if (mail === null) return null;
  const { html, attachments } = mail.message;
  if (part === undefined) return mailPage(mail, query === 'width=375' ? 375 : 600);
  if (part === 'html') return mailAnswer(mailWithPictures(html, attachments));
  const attached = part.startsWith('files/') ? attachments[Number(part.slice(6))] : undefined;
  return attached === undefined ? null : fileAnswer(attached.content, attached.filename);
}
