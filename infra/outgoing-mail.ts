import { Aws, CfnOutput, Duration, Validations } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { domainOf } from '../shared/config/mail.ts';
import { type Deployment, stageName } from './deployment.ts';
import { dmarcRecord, dnsRecord } from './mail-dns.ts';
import { MailFeedback } from './mail-feedback.ts';
import type { Operations, RunbookHeading } from './operations.ts';
import type { ResultsLake } from './results-lake.ts';

interface OutgoingMailProps {
  /** The address that mails come from. */
  readonly from: string;
  readonly deployment: Deployment;
  readonly lake: ResultsLake;
  readonly operations: Operations;
}

/** SES puts an account under review above these; source: docs.aws.amazon.com/ses, "reputation". */
const MOST_BOUNCES = 0.05;
const MOST_COMPLAINTS = 0.001;

/** What SES needs to know to send for the jobs, who may, and what it tells of what it has sent. */
export class OutgoingMail extends Construct {
  readonly configurationSet: string;
  readonly #from: string;

  constructor(scope: Construct, id: string, props: OutgoingMailProps) {
    super(scope, id);
    const { mail } = props.deployment.config;
    this.#from = props.from;
    this.configurationSet = stageName(mail.configuration_set, props.deployment.stage, '-');
    const set = new ConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: this.configurationSet,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    if (mail.identity === 'create') this.#verify(props);
    const { lake, operations, deployment } = props;
    const { stage } = deployment;
    new MailFeedback(this, 'Feedback', { set, lake, operations, stage });
    this.#watch(operations);
  }

  /** Lets a function send, from this address and by this configuration set, and by no other. */
  permit(role: Role): void {
    const of = (resource: string) =>
      `arn:${Aws.PARTITION}:ses:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`;
    role.addToPolicy(
      new PolicyStatement({
        actions: ['ses:SendRawEmail'],
        resources: [
          of(`identity/${domainOf(this.#from)}`),
          of(`configuration-set/${this.configurationSet}`),
        ],
        conditions: { StringEquals: { 'ses:FromAddress': this.#from } },
      }),
    );
    role.addToPolicy(new PolicyStatement({ actions: ['ses:GetSendQuota'], resources: ['*'] }));
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'How fast the account may send: GetSendQuota knows no resources, and only tells.',
    });
  }

  /** Tells SES and the world that the domain is ours; its records go into the zone, if named. */
  #verify({ deployment, from }: OutgoingMailProps): void {
    const domain = domainOf(from);
    const zone = deployment.config.mail.hosted_zone;
    const identity = new EmailIdentity(this, 'Identity', { identity: Identity.domain(domain) });
    for (const [index, { name, value }] of identity.dkimRecords.entries()) {
      const id = `Dkim${index + 1}`;
      if (zone !== null) dnsRecord(this, id, { zone, name, type: 'CNAME', value });
      else {
        const description = `Add to the DNS of ${domain}, so that SES may sign its mail.`;
        new CfnOutput(this, id, { value: `${name} CNAME ${value}`, description });
      }
    }
    if (zone !== null) dmarcRecord(this, 'Dmarc', { zone, domain });
  }

  #watch(operations: Operations): void {
    const alarm = (heading: RunbookHeading, metricName: string, threshold: number, who: string) =>
      operations.alarmWhen(this, `${heading.replace(' ', '')}Alarm`, {
        heading,
        says: `More than ${threshold * 100} % of mails ${who}.`,
        metric: new Metric({
          namespace: 'AWS/SES',
          metricName,
          dimensionsMap: { 'ses:configuration-set': this.configurationSet },
          statistic: Stats.MAXIMUM,
          period: Duration.hours(1),
        }),
        threshold,
      });
    alarm('Bounce rate', 'Reputation.BounceRate', MOST_BOUNCES, 'came back');
    alarm('Complaint rate', 'Reputation.ComplaintRate', MOST_COMPLAINTS, 'were called spam');
  }
}
