import { readFileSync } from 'node:fs';
import { AthenaClient } from '@aws-sdk/client-athena';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { HoldfastError } from '../shared/basics/problem.ts';
import { loadConfig } from '../shared/config/load-config.ts';
import type { Config } from '../shared/config/schema.ts';
import type { Clock } from '../shared/ports/clock.ts';
import type { EventBus } from '../shared/ports/event-bus.ts';
import type { ObjectStore } from '../shared/ports/object-store.ts';
import type { Warehouse } from '../shared/ports/warehouse.ts';
import { athenaWarehouse } from './adapters/aws/athena-warehouse.ts';
import { eventBridgeBus } from './adapters/aws/event-bridge-bus.ts';
import { s3ObjectStore } from './adapters/aws/s3-object-store.ts';
import { systemClock } from './adapters/system-clock.ts';

/** What a job is given in Lambda; kept from one invocation to the next but for the warehouse. */
export interface LambdaWorld {
  readonly config: Config;
  readonly clock: Clock;
  readonly store: ObjectStore;
  readonly bus: EventBus | null;
  /** One for each invocation, for each has a deadline of its own. */
  readonly openWarehouse: (remainingMs: () => number) => Warehouse;
}

/** The bundled holdfast.yaml, S3, Athena and EventBridge, as the stack has set them up around the function. */
export const awsWorld = (): LambdaWorld => {
  const config = bundledConfig();
  const { warehouse } = config;
  if (warehouse.kind !== 'athena') {
    throw unfit('holdfast.yaml warehouse.kind', `"${warehouse.kind}"`, 'athena in Lambda');
  }
  const bucket = variable('HOLDFAST_BUCKET');
  const expectedBucketOwner = process.env.HOLDFAST_BUCKET_OWNER;
  const s3 = {
    client: new S3Client({}),
    bucket,
    ...(expectedBucketOwner && { expectedBucketOwner }),
  };
  const athena = {
    client: new AthenaClient({}),
    scratch: s3ObjectStore({ ...s3, prefix: 'scratch' }),
    scratchAddress: `s3://${bucket}/scratch`,
    database: warehouse.database,
    catalog: warehouse.catalog,
    workgroup: process.env.HOLDFAST_WORKGROUP ?? warehouse.workgroup,
    clock: systemClock,
    random: Math.random,
  };
  const bus = {
    ...{ client: new EventBridgeClient({}), bus: variable('HOLDFAST_BUS') },
    ...{ clock: systemClock, random: Math.random },
  };
  return {
    config,
    clock: systemClock,
    store: s3ObjectStore({ ...s3, prefix: '' }),
    bus: eventBridgeBus(bus),
    openWarehouse: (remainingMs) => athenaWarehouse({ ...athena, remainingMs }),
  };
};

/** The stack puts holdfast.yaml beside the bundled handler, so code and config deploy as one. */
function bundledConfig(): Config {
  const file = 'holdfast.yaml';
  return loadConfig({ text: readFileSync(new URL(file, import.meta.url), 'utf8'), file });
}

function variable(name: string): string {
  const value = process.env[name];
  if (!value)
    throw unfit(`environment variable ${name}`, 'nothing', 'the value the stack gives it');
  return value;
}

function unfit(where: string, found: string, expected: string): HoldfastError {
  const fix = 'Deploy the stack again.';
  return new HoldfastError('config', [{ where, found, expected, fix }]);
}
