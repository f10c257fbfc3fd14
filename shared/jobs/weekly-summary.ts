import type { Config } from '../config/schema.ts';
import type { Manifest } from '../publish/manifest.ts';
import { writeTables } from '../publish/publication.ts';
import { definitionsOf, type Run, runOf } from '../publish/run-key.ts';
import { figureConfig, type Job, type JobInput, type JobPorts, refuseFuture } from './job.ts';
import { manifestOf, runOnce } from './run-once.ts';
import { type WeeklyDays, weeklyDays, weeklySources } from './weekly-days.ts';
import { weekTold } from './weekly-events.ts';
import { weeklyFiles } from './weekly-files.ts';
import { gatherWeek } from './weekly-gather.ts';
import { weeklyTables } from './weekly-tables.ts';

/** Change it when the same tables come to be told otherwise; docs/mail.md tells of each. */
const DEFINITIONS_ID = 'weekly-1';

/** Weekly: the executive summary, its page, and a list for each CSM, from what is published. */
export const weeklySummary: Job = {
  name: 'weekly-summary',
  purpose: 'Tells executives and CSMs of the week, by mail and as a page, from what is published',
  tables: Object.values(weeklyTables),

  async run(input, ports) {
    refuseFuture(input, ports.clock);
    const days = await weeklyDays(ports.store, input);
    const run = weeklyRun(input, days);
    return runOnce(run, { ...ports, config: input.config }, () =>
      compute(run, { ...input, days }, ports),
    );
  },
};

/** Where the page is served, and by which key links are signed, changes nothing in what is said. */
const reportsTold = ({ reports: { site: _site, ...told } }: Config) => told;

/** Told from other runs it is another: a summary must not stand beside tables it does not tell. */
const weeklyRun = ({ asOf, config, revision = 1 }: JobInput, days: WeeklyDays): Run =>
  runOf({
    job: 'weekly-summary',
    asOf,
    config: {
      ...figureConfig(config),
      reports: reportsTold(config),
      runs: [days.health, days.revenue, days.renewals].map((day) => day?.manifest.run_key ?? null),
    },
    definitions: definitionsOf(DEFINITIONS_ID, { reports: reportsTold(config) }),
    revision,
  });

interface Input extends JobInput {
  readonly days: WeeklyDays;
}

async function compute(run: Run, input: Input, ports: JobPorts): Promise<Manifest> {
  const { store, progress } = ports;
  const gathering = progress.step('Reading what is published');
  const gathered = await gatherWeek(store, input);
  gathering.done(
    gathered.week.warnings.length === 0 ? 'all of today' : 'with gaps, which are told',
  );

  const writing = progress.step('Writing page and mails');
  let summary: Manifest['summary'] = {};
  const files = await writeTables(store, run, weeklyTables, async (open, others) => {
    summary = await weeklyFiles({ open, others, run }, { ...input, gathered }, ports);
    open.weeklyEvents.add(weekTold(run, summary));
  });
  writing.done(`${summary.mails_planned} mails, ${summary.accounts_on_page} accounts on the page`);
  const { sources, degraded } = weeklySources(input.days);
  const history = { lastRun: null, baseline: null };
  return { ...manifestOf({ run, states: [], history, files, summary }), sources, degraded };
}
