import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Match } from 'aws-cdk-lib/assertions';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, test, vi } from 'vitest';
import { asText, constructed, synthesised } from './synthesised.ts';

const { app, template } = synthesised();

interface Report {
  readonly pluginReports: readonly { readonly violations: readonly unknown[] }[];
}

describe('the whole', () => {
  test('tells a data team where things are', () => {
    const outputs = Object.keys(template.findOutputs('*'));
    expect(outputs.sort()).toEqual(['EventBus', 'ResultsBucket', 'ResultsDatabase', 'Workgroup']);
  });

  test('fails the synth for what CloudFormation would refuse, of which it has nothing', () => {
    const { app, stack } = constructed();
    new CfnQueue(stack, 'Mistaken', { visibilityTimeout: 999_999 });
    // What is wrong is printed; the test reads the report instead.
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(() => app.synth()).toThrow();
    vi.restoreAllMocks();

    const report = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
    const violations = (report as Report).pluginReports.flatMap((plugin) => plugin.violations);
    expect(violations).toEqual([
      expect.objectContaining({
        severity: 'error',
        violatingConstructs: [expect.objectContaining({ constructPath: 'holdfast-prod/Mistaken' })],
      }),
    ]);
  });

  test('has no finding of cdk-nag that nobody answers for', () => {
    expect(new AwsSolutionsChecks(app).validateScope(app)).toMatchObject({
      success: true,
      violations: [],
    });
  });

  test('of another stage shares no name with production', () => {
    const named = (type: string, of: typeof template) =>
      Object.values(of.findResources(type)).map(({ Properties }) =>
        asText(Properties.Name ?? Properties.DatabaseInput?.Name),
      );
    const { template: staging } = synthesised('staging');
    expect(named('AWS::Athena::WorkGroup', staging)).toEqual(['holdfast-staging']);
    expect(named('AWS::Events::EventBus', staging)).toEqual(['holdfast-staging']);
    expect(named('AWS::Events::EventBus', template)).toEqual(['holdfast']);
    expect(named('AWS::Glue::Database', staging)).toEqual(['holdfast_staging']);
    expect(named('AWS::Glue::Database', template)).toEqual(['holdfast']);
    staging.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'RunSucceeded',
      Dimensions: Match.arrayWith([{ Name: 'service', Value: 'holdfast-staging' }]),
    });
  });
});
