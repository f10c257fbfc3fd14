import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { type Day, isDay } from '../../../shared/basics/day.ts';
import { HoldfastError } from '../../../shared/basics/problem.ts';
import { messageFrom } from '../../../shared/outbox/message-file.ts';
import type { PlannedMessage } from '../../../shared/outbox/planned-message.ts';
import { type MessageState, stateSchema } from '../../../shared/outbox/state.ts';
import { decodeJson } from '../../../shared/publish/decode-json.ts';

/** A mail of the outbox, and how it stands; null where nobody has touched it. */
export interface PreviewMail {
  readonly id: string;
  readonly message: PlannedMessage;
  readonly day: Day | null;
  readonly state: MessageState | null;
  /** Whether a mail program can open it. */
  readonly eml: boolean;
}

/** A mail in a list, without what makes it large; or why it cannot be read. */
export type MailEntry =
  | (Pick<PreviewMail, 'id' | 'day' | 'state'> & Pick<PlannedMessage, 'kind' | 'to' | 'subject'>)
  | { readonly id: string; readonly unreadable: string };

export interface ReportEntry {
  readonly report: string;
  readonly day: Day;
}

/** What lies in a folder of results, to be looked at. It is read anew each time, as runs go on. */
export interface ResultsFolder {
  mails(): Promise<MailEntry[]>;
  mail(id: string): Promise<PreviewMail | null>;
  eml(id: string): Promise<Uint8Array | null>;
  reports(): Promise<ReportEntry[]>;
  report(entry: ReportEntry): Promise<Uint8Array | null>;
}

const ID = /^[0-9a-f]{32}$/;
const REPORT = /^[a-z][a-z-]*$/;

/** No mail and no page of ours is as large as this. */
const MOST_BYTES = 64 * 2 ** 20;

export const resultsFolder = (root: string): ResultsFolder => {
  /** A file inside the folder, wherever links lead; null where there is none. */
  const read = async (...parts: readonly string[]): Promise<Uint8Array | null> => {
    const [base, path] = await Promise.all([realpath(root), realpath(join(root, ...parts))]);
    if (!path.startsWith(base + sep)) return null;
    const about = await stat(path);
    return about.isFile() && about.size <= MOST_BYTES ? readFile(path) : null;
  };
  const readIfThere = (...parts: readonly string[]) => read(...parts).catch(() => null);
  const names = (...parts: readonly string[]) =>
    readdir(join(root, ...parts)).catch((): string[] => []);

  const folder: ResultsFolder = {
    async mails() {
      const ids = (await names('outbox')).filter((name) => ID.test(name));
      const entries: MailEntry[] = [];
      // One by one: with its pictures a mail may be large, and there may be thousands.
      for (const id of ids) {
        const entry = await entryOf(id, () => folder.mail(id));
        if (entry !== null) entries.push(entry);
      }
      return entries.sort(newestFirst);
    },

    async mail(id) {
      if (!ID.test(id)) return null;
      const bytes = await readIfThere('outbox', id, 'message.json');
      if (bytes === null) return null;
      const where = (name: string) => join(root, 'outbox', id, name);
      const message = messageFrom(bytes, where('message.json'));
      const kept = await readIfThere('outbox', id, 'state.json');
      const state = kept === null ? null : decodeJson(stateSchema, kept, where('state.json'));
      const eml = (await names('outbox', id)).includes('message.eml');
      return { id, message, day: dayOf(message), state, eml };
    },

    async eml(id) {
      return ID.test(id) ? readIfThere('outbox', id, 'message.eml') : null;
    },

    async reports() {
      const found: ReportEntry[] = [];
      for (const report of (await names('reports')).filter((name) => REPORT.test(name))) {
        const days = (await names('reports', report)).filter(isDay);
        found.push(...days.map((day) => ({ report, day })));
      }
      return found.sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0));
    },

    async report({ report, day }) {
      return REPORT.test(report) && isDay(day)
        ? readIfThere('reports', report, day, 'index.html')
        : null;
    },
  };
  return folder;
};

async function entryOf(
  id: string,
  read: () => Promise<PreviewMail | null>,
): Promise<MailEntry | null> {
  try {
    const mail = await read();
    if (mail === null) return null;
    const { kind, to, subject } = mail.message;
    return { ...{ id, kind, to, subject }, day: mail.day, state: mail.state };
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    return { id, unreadable: error.problems[0]?.found ?? 'nothing that can be read' };
  }
}

/** The key of a mail ends with the day it is of. */
function dayOf({ key }: PlannedMessage): Day | null {
  const last = key.split(' ').at(-1) ?? '';
  return isDay(last) ? last : null;
}

const ORDER: readonly PlannedMessage['kind'][] = ['weekly_summary', 'csm_weekly', 'renewal_digest'];

function newestFirst(a: MailEntry, b: MailEntry): number {
  const [left, right] = [rankOf(a), rankOf(b)];
  if (left.day !== right.day) return left.day < right.day ? 1 : -1;
  if (left.kind !== right.kind) return left.kind - right.kind;
  return left.rest < right.rest ? -1 : 1;
}

/** What cannot be read comes first, so that it is seen. */
function rankOf(entry: MailEntry): { day: string; kind: number; rest: string } {
  if ('unreadable' in entry) return { day: '9999', kind: 0, rest: entry.id };
  const { day, kind, to, id } = entry;
  return { day: day ?? '', kind: ORDER.indexOf(kind), rest: `${to.address} ${id}` };
}
