import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { vi } from 'vitest';
import { readDeployment } from '../../infra/deployment.ts';
import { HoldfastStack } from '../../infra/holdfast-stack.ts';

export const root = resolve(import.meta.dirname, '../..');

/** The example of a production config that lies in the root. */
export const exampleFile = join(root, 'holdfast.yaml');

/** The app as cdk.json makes it, but for the bundling, which has a test of its own. */
export const constructed = (stage = 'prod', file = exampleFile) => {
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'));
  const app = new App({ context: { ...context, 'aws:cdk:bundling-stacks': [] } });
  const deployment = readDeployment(file, stage);
  const stack = new HoldfastStack(app, `holdfast-${stage}`, deployment);
  return { app, deployment, stack };
};

/** The template of a stage, without the validation of CloudFormation, which takes its time. */
export const synthesised = (stage = 'prod', file = exampleFile) => {
  vi.stubEnv('CDK_VALIDATION', 'false');
  const made = constructed(stage, file);
  const template = Template.fromStack(made.stack);
  vi.unstubAllEnvs();
  return { ...made, template };
};

export type Properties = Readonly<Record<string, unknown>>;

/** The properties of every resource of a type. */
export const propertiesOf = (template: Template, type: string): Properties[] =>
  Object.values(template.findResources(type)).map(({ Properties }) => Properties as Properties);

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

/** What a policy says, its references written as text: arn:<AWS::Partition>:s3:::bucket. */
export const statementsOf = (policy: unknown) =>
  (policy as { Statement: Statement[] }).Statement.map(({ Action, Resource, ...rest }) => ({
    ...rest,
    actions: [Action].flat(),
    resources: [Resource].flat().map(asText),
  }));

/** A value of a template as one would read it out. */
export function asText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const [[form, inner] = []] = Object.entries(value);
  if (form === 'Fn::Join') return (inner as [string, unknown[]])[1].map(asText).join('');
  if (form === 'Fn::GetAtt') return `<${(inner as string[]).join('.')}>`;
  return form === 'Ref' ? `<${inner}>` : JSON.stringify(value);
}
