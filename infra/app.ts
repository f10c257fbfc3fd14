import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { HoldfastError } from '../shared/basics/problem.ts';
import { readDeployment } from './deployment.ts';
import { HoldfastStack } from './holdfast-stack.ts';

const app = new App();
const context = (name: string, otherwise: string): string =>
  String(app.node.tryGetContext(name) ?? otherwise);

try {
  const deployment = readDeployment(context('config', 'holdfast.yaml'), context('stage', 'prod'));
  new HoldfastStack(app, `holdfast-${deployment.stage}`, deployment);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
} catch (error) {
  if (!(error instanceof HoldfastError)) throw error;
  console.error(error.message);
  process.exit(1);
}
