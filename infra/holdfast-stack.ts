import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { catalogue } from '../shared/jobs/catalogue.ts';
import type { Deployment } from './deployment.ts';
import { EventBus } from './event-bus.ts';
import { watchJob } from './job-alarms.ts';
import { bytesScanned, Operations } from './operations.ts';
import { OutgoingMail } from './outgoing-mail.ts';
import { ReportSite } from './report-site.ts';
import { ResultsLake } from './results-lake.ts';
import { ScheduledJob } from './scheduled-job.ts';

/** One stage of Holdfast, whole: the lake, the bus, every job of the catalogue, the alarms. */
export class HoldfastStack extends Stack {
  constructor(scope: Construct, id: string, deployment: Deployment) {
    super(scope, id, { description: `Holdfast, stage ${deployment.stage}` });
    const { config, stage } = deployment;
    const operations = new Operations(this, 'Operations', deployment);
    const lake = new ResultsLake(this, 'Lake', deployment);
    const events = new EventBus(this, 'Events', deployment);
    const { from } = config.mail;
    const mail =
      from === null ? null : new OutgoingMail(this, 'Mail', { from, deployment, lake, operations });

    const { site: settings } = config.reports;
    const site =
      settings === null ? null : new ReportSite(this, 'Reports', { site: settings, stage, lake });

    for (const catalogued of catalogue) {
      const scheduled = new ScheduledJob(this, catalogued.job.name, {
        catalogued,
        deployment,
        lake,
        bus: events.bus,
        mail,
        site,
      });
      events.begin(catalogued, scheduled);
      const sendsMail = config.mail.mode === 'send';
      watchJob(scheduled, { catalogued, stage, operations, sendsMail });
    }
    operations.alarmWhen(this, 'BytesScannedAlarm', {
      heading: 'Bytes scanned',
      says: `The queries of a day scanned more than ${config.operations.scan_limit_gb} GB.`,
      metric: bytesScanned(lake.workgroup),
      threshold: config.operations.scan_limit_gb * 1e9,
    });

    const output = (name: string, value: string, description: string) =>
      new CfnOutput(this, name, { value, description });
    output('ResultsBucket', lake.bucket.bucketName, 'Holds everything the jobs write.');
    output('ResultsDatabase', lake.database, 'The Glue database to query the results in.');
    output('EventBus', events.bus.eventBusName, 'The EventBridge bus the jobs tell events on.');
    output('Workgroup', lake.workgroup, 'The Athena workgroup of the jobs.');
  }
}
