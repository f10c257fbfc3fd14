import type { Day } from '../basics/day.ts';
import { assert } from '../basics/problem.ts';
import type { Config } from '../config/schema.ts';
import type { PlannedMessage } from '../outbox/planned-message.ts';
import { plannedReportLink } from '../outbox/report-link.ts';
import type { Attachment } from '../ports/mailer.ts';
import type { Rasterizer } from '../ports/rasterizer.ts';
import { chartCid, type WeeklyChart } from '../reports/weekly/weekly-chart.ts';
import { type ReportPlace, writtenWeekly } from '../reports/weekly/weekly-summary.ts';
import type { JobInput, JobPorts } from './job.ts';
import type { GatheredWeek } from './weekly-gather.ts';

/** Pictures are twice as fine as a mail shows them. */
const PICTURE_SCALE = 2.4;

/** With the lists; a heavier page is not attached: a message may weigh 2 MB, and base64 adds a third. */
const MOST_ATTACHED_BYTES = 900_000;

interface Told extends Pick<JobInput, 'asOf' | 'config'> {
  readonly gathered: Pick<GatheredWeek, 'week' | 'risky'>;
}

/** The page that was written beside, and the charts on it. */
interface Written {
  readonly charts: readonly WeeklyChart[];
  readonly html: string;
  readonly path: string;
}

/** The same summary for every recipient, each in a mail of its own. */
export const summaryMails = async (
  { asOf, config, gathered }: Told,
  { charts, html, path }: Written,
  { rasterizer }: Pick<JobPorts, 'rasterizer'>,
): Promise<PlannedMessage[]> => {
  assert(rasterizer !== undefined, 'a job whose mails show charts is given what draws them');
  const { recipients } = config.reports.weekly_summary;
  if (recipients.length === 0) return [];
  const lists = gathered.risky.attachments();
  const { link } = config.reports.page;
  const page = pageFile(html, { link, beside: lists.files });
  const place = placeOf(page, { path, asOf, link });
  const mail = writtenWeekly(gathered.week, { charts, page: place, attached: lists.words });
  const shown = charts.filter(({ id }) => mail.html.includes(`cid:${chartCid(id)}`));
  const pictures = await picturesOf(shown, rasterizer);
  const attachments = [...pictures, ...lists.files, ...(page === null ? [] : [page])];
  return recipients.map(({ address, name }) => ({
    kind: 'weekly_summary',
    key: `weekly_summary ${address.toLowerCase()} ${asOf}`,
    to: { name, address },
    cc: [],
    ...mail,
    attachments,
  }));
};

/** One after the other: a drawing takes more memory than its picture. */
async function picturesOf(
  charts: readonly WeeklyChart[],
  rasterizer: Rasterizer,
): Promise<Attachment[]> {
  const pictures: Attachment[] = [];
  for (const { id, svg } of charts) {
    const content = await rasterizer.png(svg, PICTURE_SCALE);
    pictures.push({ filename: `${id}.png`, contentType: 'image/png', content, cid: chartCid(id) });
  }
  return pictures;
}

type PageLink = Config['reports']['page']['link'];

/** The page as an attachment, where the config asks for it and it is not too heavy. */
function pageFile(
  html: string,
  { link, beside }: { link: PageLink; beside: readonly Attachment[] },
): Attachment | null {
  const content = new TextEncoder().encode(html);
  const bytes = beside.reduce((sum, file) => sum + file.content.length, content.length);
  if (link !== 'attach' || bytes > MOST_ATTACHED_BYTES) return null;
  return { filename: 'report.html', contentType: 'text/html; charset=utf-8', content };
}

interface Place {
  readonly path: string;
  readonly asOf: Day;
  readonly link: PageLink;
}

function placeOf(page: Attachment | null, { path, asOf, link }: Place): ReportPlace {
  if (link === 'site') return { kind: 'link', link: plannedReportLink(asOf) };
  if (page !== null) return { kind: 'attached', filename: page.filename };
  const because = link === 'attach' ? 'too heavy to attach' : null;
  return { kind: 'path', path, because };
}
