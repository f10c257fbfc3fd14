import { addDays, type Day, dayInZone } from '../basics/day.ts';
import { HoldfastError } from '../basics/problem.ts';
import type { Config } from '../config/schema.ts';
import type { Delivered } from '../events/deliver.ts';
import type { MailDelivered } from '../outbox/deliver-mail.ts';
import type { MailPorts } from '../outbox/post-office.ts';
import type { Clock } from '../ports/clock.ts';
import type { Crew } from '../ports/crew.ts';
import type { EventBus } from '../ports/event-bus.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Progress } from '../ports/progress.ts';
import type { Rasterizer } from '../ports/rasterizer.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import type { Manifest } from '../publish/manifest.ts';
import type { Publication } from '../publish/publication.ts';
import type { Table } from '../publish/table.ts';

/** What a job works on. */
export interface JobInput {
  readonly asOf: Day;
  readonly config: Config;
  /** Left out: 1. A later one computes the day anew, beside what was published of it before. */
  readonly revision?: number;
}

/** What a job works with: everything that touches the world. */
export interface JobPorts {
  readonly warehouse: Warehouse;
  readonly store: ObjectStore;
  /** Null where nobody listens: events are planned all the same, and wait. */
  readonly bus: EventBus | null;
  /** Left out: mail is planned all the same, and neither sent nor held. */
  readonly mail?: MailPorts;
  /** Left out: the job does all of it by itself. */
  readonly crew?: Crew;
  /** For jobs whose mails show charts. */
  readonly rasterizer?: Rasterizer;
  readonly clock: Clock;
  readonly progress: Progress;
}

/** What came of a run. */
export interface JobOutcome extends Publication {
  readonly manifest: Manifest;
  /** False when an earlier attempt had committed and this one only published again. */
  readonly computed: boolean;
  readonly events: Delivered;
  readonly mail: MailDelivered;
}

/** Gathers, decides, delivers. Safe to run again for the same day, from any point of failure. */
export interface Job {
  readonly name: keyof Config['schedules'];
  readonly purpose: string;
  readonly tables: readonly Table[];
  readonly run: (input: JobInput, ports: JobPorts) => Promise<JobOutcome>;
}

/**
 * The part of the config that decides figures, for the run key: where the warehouse stands, when
 * jobs run, who is called or written to and whether mail leaves change nothing in what a run says.
 */
export const figureConfig = ({
  warehouse: _warehouse,
  schedules: _schedules,
  operations: _operations,
  mail: _mail,
  reports: _reports,
  ...figures
}: Config): Partial<Config> => figures;

/** The schedule's day may begin before the machine's; later than tomorrow is a slip of the pen. */
export const refuseFuture = ({ asOf, config }: JobInput, clock: Clock): void => {
  const tomorrow = addDays(dayInZone(clock.now(), config.time_zone), 1);
  if (asOf <= tomorrow) return;
  throw new HoldfastError('usage', [
    {
      where: 'as_of',
      found: `${asOf}, which is yet to come`,
      expected: `a day up to ${tomorrow}`,
      fix: 'Name an earlier day; published, it would stay the latest until it has come.',
    },
  ]);
};

/** What telling others came to, in words for a log. */
export const deliveryWords = ({ planned, delivered }: Delivered): string =>
  delivered === planned ? `${planned} told` : `${delivered} of ${planned} told; the rest waits`;

/** What became of the mail, in words for a log. */
export const mailWords = ({ planned, ...states }: MailDelivered): string => {
  const broken = states.broken.length;
  const counts = (['sent', 'held', 'uncertain', 'refused', 'waiting'] as const)
    .filter((state) => states[state] > 0)
    .map((state) => `${states[state]} ${state}`);
  if (broken > 0) counts.push(`${broken} broken`);
  return counts.length === 0 ? `${planned} planned` : counts.join(', ');
};

/** What publishing came to, in words for a log. */
export const publicationWords = ({ published, latest }: Publication): string => {
  if (!published) return 'left alone: a later revision of the day is published';
  return latest ? 'partitions and pointer' : 'partitions; a later day stays the latest';
};
