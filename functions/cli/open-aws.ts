import { AthenaClient } from '@aws-sdk/client-athena';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SESClient } from '@aws-sdk/client-ses';
import type { Config } from '../../shared/config/schema.ts';
import type { EventBus } from '../../shared/ports/event-bus.ts';
import type { Mailer } from '../../shared/ports/mailer.ts';
import type { ObjectStore } from '../../shared/ports/object-store.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import { athenaWarehouse } from '../adapters/aws/athena-warehouse.ts';
import { eventBridgeBus } from '../adapters/aws/event-bridge-bus.ts';
import { s3ObjectStore } from '../adapters/aws/s3-object-store.ts';
import { sesMailer } from '../adapters/aws/ses-mailer.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { stopOnInterrupt } from './stop-on-interrupt.ts';

/** A bucket, and the prefix in it under which everything lies. */
export interface S3Place {
  readonly bucket: string;
  readonly prefix: string;
}

/** Loaded only by those who ask for it: the SDKs take half a second, and a laptop needs none. */
export const awsStore = (place: S3Place): ObjectStore =>
  s3ObjectStore({ client: new S3Client({}), ...place });

/** A bus of EventBridge by its name. */
export const awsBus = (bus: string): EventBus =>
  eventBridgeBus({
    ...{ client: new EventBridgeClient({}), bus },
    ...{ clock: systemClock, random: Math.random },
  });

/** SES, by the configuration set of the stack. */
export const awsMailer = (configurationSet: string): Mailer =>
  sesMailer({
    ...{ client: new SESClient({ maxAttempts: 1 }), configurationSet },
    ...{ clock: systemClock, random: Math.random },
  });

/** Ctrl-C stops its queries. What it unloads goes into the place. */
export const athena = (
  warehouse: Extract<Config['warehouse'], { kind: 'athena' }>,
  { bucket, prefix: under }: S3Place,
): Warehouse => {
  const prefix = [under, 'scratch'].filter(Boolean).join('/');
  const interrupt = stopOnInterrupt();
  const opened = athenaWarehouse({
    client: new AthenaClient({}),
    scratch: awsStore({ bucket, prefix }),
    scratchAddress: `s3://${bucket}/${prefix}`,
    ...warehouse,
    clock: systemClock,
    random: Math.random,
    signal: interrupt.signal,
  });
  return { ...opened, close: () => opened.close().finally(interrupt.release) };
};
