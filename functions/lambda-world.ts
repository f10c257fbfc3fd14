import { readFileSync } from 'node:fs';
import { AthenaClient } from '@aws-sdk/client-athena';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { loadConfig } from '../shared/config/load-config.ts';
import type { Config } from '../shared/config/schema.ts';
import type { MailPorts } from '../shared/outbox/post-office.ts';
import type { Clock } from '../shared/ports/clock.ts';
import type { EventBus } from '../shared/ports/event-bus.ts';
import type { ObjectStore } from '../shared/ports/object-store.ts';
import type { Rasterizer } from '../shared/ports/rasterizer.ts';
import type { Warehouse } from '../shared/ports/warehouse.ts';
import { athenaWarehouse } from './adapters/aws/athena-warehouse.ts';
import { eventBridgeBus } from './adapters/aws/event-bridge-bus.ts';
import { s3ObjectStore } from './adapters/aws/s3-object-store.ts';
import { systemClock } from './adapters/system-clock.ts';
import { lambdaMailers } from './lambda-mailers.ts';
import { stackVariable, unfit } from './stack-variable.ts';

/** What a job is given in Lambda; kept from one invocation to the next but for the warehouse. */
export interface LambdaWorld {
  readonly config: Config;
  readonly clock: Clock;
  readonly store: ObjectStore;
  readonly bus: EventBus | null;
  readonly mail: MailPorts;
  /** Of a job that needs it alone: it is larger than all the rest. */
  readonly rasterizer?: Rasterizer;
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
  const bucket = stackVariable('HOLDFAST_BUCKET');
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
    ...{ client: new EventBridgeClient({}), bus: stackVariable('HOLDFAST_BUS') },
    ...{ clock: systemClock, random: Math.random },
  };
  const store = s3ObjectStore({ ...s3, prefix: '' });
  return {
    config,
    clock: systemClock,
    store,
    mail: { ...lambdaMailers(config, store), random: Math.random },
    bus: eventBridgeBus(bus),
    openWarehouse: (remainingMs) => athenaWarehouse({ ...athena, remainingMs }),
  };
};

/** The stack puts holdfast.yaml beside the bundled handler, so code and config deploy as one. */
function bundledConfig(): Config {
  const file = 'holdfast.yaml';
  return loadConfig({ text: readFileSync(new URL(file, import.meta.url), 'utf8'), file });
}
