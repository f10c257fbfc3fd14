import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../shared/jobs/catalogue.ts';
import { synthesised } from './synthesised.ts';

const { deployment, template } = synthesised();
const { config } = deployment;

describe('the jobs', () => {
  test('have one function and one schedule each', () => {
    template.resourceCountIs('AWS::Lambda::Function', catalogue.length);
    template.resourceCountIs('AWS::Scheduler::Schedule', catalogue.length);
  });

  test.each(catalogue)('$job.name', ({ job, memoryMb, timeoutMinutes }) => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Description: job.purpose,
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: memoryMb,
      Timeout: timeoutMinutes * 60,
      LoggingConfig: { LogFormat: 'JSON', LogGroup: Match.anyValue() },
      Environment: {
        Variables: Match.objectLike({
          HOLDFAST_BUCKET_OWNER: { Ref: 'AWS::AccountId' },
          HOLDFAST_BUS: { Ref: Match.stringLikeRegexp('EventsBus') },
        }),
      },
      ReservedConcurrentExecutions: Match.absent(),
    });
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      Description: job.purpose,
      ScheduleExpression: `cron(${config.schedules[job.name]})`,
      ScheduleExpressionTimezone: 'Europe/London',
      FlexibleTimeWindow: { Mode: 'OFF' },
      State: 'ENABLED',
      Target: {
        Input: JSON.stringify({
          scheduledTime: '<aws.scheduler.scheduled-time>',
          executionId: '<aws.scheduler.execution-id>',
        }),
        DeadLetterConfig: {
          Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('FailedDeliveries'), 'Arn'] },
        },
      },
    });
  });

  test('lose no event: what fails at every attempt waits in an encrypted queue', () => {
    const onFailure = { 'Fn::GetAtt': [Match.stringLikeRegexp('FailedRuns'), 'Arn'] };
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 7200,
      DestinationConfig: { OnFailure: { Destination: onFailure } },
    });
    template.resourceCountIs('AWS::SQS::Queue', 2 * catalogue.length);
    template.allResourcesProperties('AWS::SQS::Queue', {
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 14 * 86_400,
    });
  });

  test('have time for three attempts before an event is given up', () => {
    const attempts = catalogue.map(({ timeoutMinutes }) => 3 * timeoutMinutes + 1 + 2);
    expect(Math.max(...attempts)).toBeLessThan(120);
  });

  test('log for ninety days', () => {
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 90 });
    template.resourceCountIs('AWS::Logs::LogGroup', catalogue.length);
  });
});
