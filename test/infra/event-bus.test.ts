import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { eventTypes } from '../../shared/events/event-types.ts';
import { catalogue } from '../../shared/jobs/catalogue.ts';
import { asText, propertiesOf, statementsOf, synthesised } from './synthesised.ts';

const { template } = synthesised();
const waiting = catalogue.filter(({ after = [] }) => after.length > 0);

interface Target {
  readonly Arn: unknown;
  readonly InputTransformer: unknown;
  readonly DeadLetterConfig: { readonly Arn: unknown };
  readonly RetryPolicy: unknown;
}

const rules = propertiesOf(template, 'AWS::Events::Rule').filter(
  ({ Description }) => Description !== undefined,
) as unknown as {
  readonly Description: string;
  readonly EventPattern: { readonly source: string[]; readonly 'detail-type': string[] };
  readonly EventBusName: unknown;
  readonly Targets: Target[];
}[];

describe('the events', () => {
  test('go over one bus, which keeps them for ninety days', () => {
    template.resourceCountIs('AWS::Events::EventBus', 1);
    template.hasResourceProperties('AWS::Events::Archive', {
      EventPattern: { source: ['holdfast'] },
      RetentionDays: 90,
      SourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('EventsBus'), 'Arn'] },
    });
  });

  test('begin every job that waits for another, and no other job', () => {
    expect(rules.map(({ Description }) => Description).sort()).toEqual(
      waiting.map(({ job, after = [] }) => `${job.name} begins after ${after.join(', ')}.`).sort(),
    );
    expect(waiting.length).toBeGreaterThan(0);
  });

  test.each(waiting)('begin $job.name for the day that has ended', ({ job, after = [] }) => {
    const rule = rules.find(({ Description }) => Description.startsWith(`${job.name} begins`));
    const ends = catalogue.filter((one) => after.includes(one.job.name));
    expect(rule?.EventPattern).toEqual({
      source: ['holdfast'],
      'detail-type': ends.map(({ endsWith }) => endsWith),
    });
    expect(asText(rule?.EventBusName)).toMatch(/^<EventsBus\w+>$/);
    const [target, ...others] = rule?.Targets ?? [];
    expect(others).toEqual([]);
    const id = job.name.replaceAll('-', '');
    expect(asText(target?.Arn)).toMatch(new RegExp(`^<${id}Function\\w+\\.Arn>$`));
    expect(target?.InputTransformer).toEqual({
      InputPathsMap: { 'detail-metadata-asOf': '$.detail.metadata.asOf' },
      InputTemplate: '{"asOf":<detail-metadata-asOf>}',
    });
    expect(asText(target?.DeadLetterConfig.Arn)).toMatch(
      new RegExp(`^<${id}FailedDeliveries\\w+\\.Arn>$`),
    );
    expect(target?.RetryPolicy).toEqual({
      MaximumEventAgeInSeconds: 3600,
      MaximumRetryAttempts: 10,
    });
  });

  test('may begin a job through its own rule alone', () => {
    const permissions = propertiesOf(template, 'AWS::Lambda::Permission');
    expect(permissions).toHaveLength(waiting.length);
    for (const { Principal, Action, SourceArn } of permissions) {
      expect([Principal, Action]).toEqual(['events.amazonaws.com', 'lambda:InvokeFunction']);
      expect(asText(SourceArn)).toMatch(/^<\w+After\w+\.Arn>$/);
    }
    const intoQueues = propertiesOf(template, 'AWS::SQS::QueuePolicy')
      .flatMap(({ PolicyDocument }) => statementsOf(PolicyDocument))
      .filter(({ Principal }) => JSON.stringify(Principal).includes('events.amazonaws.com'));
    expect(intoQueues).toHaveLength(waiting.length);
    for (const { Condition } of intoQueues) {
      expect(Condition).toMatchObject({ ArnEquals: { 'aws:SourceArn': expect.anything() } });
    }
  });

  test('a job ends with an event that there is, and waits for jobs that there are', () => {
    const names = catalogue.map(({ job }) => job.name);
    for (const { job, endsWith, after = [] } of catalogue) {
      expect(Object.keys(eventTypes)).toContain(endsWith);
      // Only what stands before it, so that no job can wait for itself by a detour.
      expect(names.slice(0, names.indexOf(job.name))).toEqual(expect.arrayContaining([...after]));
    }
  });
});
