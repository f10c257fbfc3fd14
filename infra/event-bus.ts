import { Duration } from 'aws-cdk-lib';
import { EventBus as Bus, EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { EVENT_SOURCE } from '../shared/events/event-types.ts';
import { type CataloguedJob, catalogue } from '../shared/jobs/catalogue.ts';
import { type Deployment, stageName } from './deployment.ts';
import type { ScheduledJob } from './scheduled-job.ts';

/** Where the jobs tell what happened: to each other, and to whoever adds a rule of their own. */
export class EventBus extends Construct {
  readonly bus: Bus;

  constructor(scope: Construct, id: string, { stage }: Deployment) {
    super(scope, id);
    this.bus = new Bus(this, 'Bus', {
      eventBusName: stageName('holdfast', stage, '-'),
      description: 'What the Holdfast jobs tell; docs/events has the schemas.',
    });
    // For a consumer that was broken, or has just been added, to be told again.
    this.bus.archive('Archive', {
      description: 'Ninety days of events, to be replayed.',
      eventPattern: { source: [EVENT_SOURCE] },
      retention: Duration.days(90),
    });
  }

  /** Begins a job when one that it waits for has ended, for the same day. */
  begin({ job, after = [] }: CataloguedJob, scheduled: ScheduledJob): void {
    if (after.length === 0) return;
    const target = new LambdaFunction(scheduled.lambda, {
      event: RuleTargetInput.fromObject({ asOf: EventField.fromPath('$.detail.metadata.asOf') }),
      deadLetterQueue: scheduled.failedDeliveries,
      retryAttempts: 10,
      maxEventAge: Duration.hours(1),
    });
    new Rule(scheduled, 'After', {
      description: `${job.name} begins after ${after.join(', ')}.`,
      eventBus: this.bus,
      eventPattern: {
        source: [EVENT_SOURCE],
        detailType: catalogue.flatMap((other) =>
          after.includes(other.job.name) ? [other.endsWith] : [],
        ),
      },
      targets: [target],
    });
  }
}
