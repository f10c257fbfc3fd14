import { plainText, plural } from '../../shared/basics/text.ts';
import { type JobOutcome, mailWords } from '../../shared/jobs/job.ts';

/** Said first: who reads the figures must know that part of them is missing. */
export const degradedLines = ({ manifest: { sources } }: JobOutcome): string[] => {
  const unwell = sources.filter(({ status }) => status === 'stale' || status === 'broken');
  if (unwell.length === 0) return [];
  return [...unwell.map(({ reason }) => `Degraded: ${plainText(reason, 300)}`), ''];
};

/** What is to be known of a run of any job, after its figures. */
export const noticeLines = ({
  manifest,
  computed,
  published,
  latest,
  events,
  mail,
}: JobOutcome): string[] => {
  const { planned, delivered } = events;
  const waiting = planned - delivered;
  const absent = manifest.sources.filter(({ status }) => status === 'absent');
  return [
    ...(absent.length > 0
      ? [`Not configured, so unknown: ${absent.map(({ id }) => id).join(', ')}.`]
      : []),
    ...(manifest.findings > 0
      ? [`${plural(manifest.findings, 'finding')} in data_quality; doctor tells more.`]
      : []),
    ...(computed ? [] : [alreadyComputed(manifest.revision)]),
    ...(published && planned > 0 && waiting === 0 ? [`${plural(planned, 'event')} told.`] : []),
    ...(published && waiting > 0
      ? [`${plural(waiting, 'event')} untold: run it again with --bus <name>.`]
      : []),
    ...(published ? mailLines(mail) : []),
    ...(latest || !published ? [] : ['A later day has been published; it stays the latest.']),
  ];
};

/** One line, and one for each mail that may have arrived, or that a damaged file keeps back. */
function mailLines(mail: JobOutcome['mail']): string[] {
  const { planned, doubtful, broken } = mail;
  return [
    ...(planned === 0 ? [] : [`Mail: ${mailWords(mail)}; outbox list tells more.`]),
    ...doubtful.map((id) => `Mail ${id} may have arrived, or not: outbox show ${id.slice(0, 12)}`),
    ...broken.map(
      (id) => `Mail ${id} has a file that is damaged or gone: outbox show ${id.slice(0, 12)}`,
    ),
  ];
}

const alreadyComputed = (revision: number): string =>
  `This day was already computed with this config and is shown as it was; --revision ${revision + 1} computes it anew.`;
