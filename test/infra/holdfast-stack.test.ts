import { Match } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import { asText, synthesised } from './synthesised.ts';

const { app, template } = synthesised();

describe('the whole', () => {
  test('tells a data team where things are', () => {
    const outputs = Object.keys(template.findOutputs('*'));
    expect(outputs.sort()).toEqual(['ResultsBucket', 'ResultsDatabase', 'Workgroup']);
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
    expect(named('AWS::Glue::Database', staging)).toEqual(['holdfast_staging']);
    expect(named('AWS::Glue::Database', template)).toEqual(['holdfast']);
    staging.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'RunSucceeded',
      Dimensions: Match.arrayWith([{ Name: 'service', Value: 'holdfast-staging' }]),
    });
  });
});
