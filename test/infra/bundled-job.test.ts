import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { expect, test } from 'vitest';
import { bundledJob } from '../../infra/bundled-job.ts';
import { catalogue } from '../../shared/jobs/catalogue.ts';
import { temporaryFolder } from '../kit/company-folder.ts';

/** The asset of every job, as a stack that is really synthesised has it. */
const assetsOf = (configText: string) => {
  const app = new App({ outdir: temporaryFolder() });
  const stack = new Stack(app, 'stack');
  for (const { job } of catalogue) {
    new Lambda(stack, job.name, {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: bundledJob({ job: job.name, configText }),
    });
  }
  const functions = Template.fromStack(stack).findResources('AWS::Lambda::Function');
  return Object.values(functions).map(({ Properties }) => ({
    key: Properties.Code.S3Key as string,
    code: readFileSync(
      join(app.outdir, `asset.${Properties.Code.S3Key.replace('.zip', '')}`, 'index.mjs'),
      'utf8',
    ),
  }));
};

test('every function has the code of its own job', () => {
  const assets = assetsOf('company: Mine\n');
  expect(new Set(assets.map(({ key }) => key)).size).toBe(catalogue.length);
  // What a handler exports is its job behind lambdaJob, and that comes last in the bundle.
  const handled = assets.map(({ code }) => /lambdaJob\(([\w$]+)\)/.exec(code)?.[1]);
  expect(new Set(handled).size).toBe(catalogue.length);
}, 60_000);

test('another config is another asset', () => {
  const [first] = assetsOf('company: Mine\n');
  const [second] = assetsOf('company: Yours\n');
  expect(first?.key).not.toBe(second?.key);
}, 60_000);
