import { Stack } from 'aws-cdk-lib';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { catalogue } from '../shared/jobs/catalogue.ts';
import { glueType, type Table } from '../shared/publish/table.ts';

interface ResultsTablesProps {
  readonly bucket: IBucket;
  readonly database: string;
}

const HIVE = 'org.apache.hadoop.hive.ql.io.parquet';

/**
 * One Glue table for each table a job publishes. Partitions are projected from as_of, so a new day
 * can be queried the moment it is written: no crawler, no partition to add.
 */
export class ResultsTables extends Construct {
  constructor(scope: Construct, id: string, { bucket, database: name }: ResultsTablesProps) {
    super(scope, id);
    const catalogId = Stack.of(this).account;
    const database = new CfnDatabase(this, 'Database', {
      catalogId,
      databaseInput: { name, description: 'Customer health and revenue tables of Holdfast.' },
    });
    const tables = new Map(
      catalogue.flatMap(({ job }) => job.tables.map((table) => [table.name, table] as const)),
    );
    for (const table of tables.values()) {
      const location = `s3://${bucket.bucketName}/tables/${table.name}/`;
      const glueTable = new CfnTable(this, table.name, {
        catalogId,
        databaseName: name,
        tableInput: tableInput(table, location),
      });
      glueTable.addResourceDependency(database);
    }
  }
}

function tableInput(
  { name, grain, columns }: Table,
  location: string,
): CfnTable.TableInputProperty {
  return {
    name,
    description: grain,
    tableType: 'EXTERNAL_TABLE',
    parameters: {
      EXTERNAL: 'TRUE',
      classification: 'parquet',
      'projection.enabled': 'true',
      'projection.as_of.type': 'date',
      'projection.as_of.format': 'yyyy-MM-dd',
      // NOW is in UTC, where it may still be yesterday.
      'projection.as_of.range': '2020-01-01,NOW+1DAYS',
      'projection.as_of.interval': '1',
      'projection.as_of.interval.unit': 'DAYS',
      'storage.location.template': `${location}as_of=\${as_of}/`,
    },
    partitionKeys: [
      { name: 'as_of', type: 'date', comment: 'the day the figures are of, in the business zone' },
    ],
    storageDescriptor: {
      location,
      inputFormat: `${HIVE}.MapredParquetInputFormat`,
      outputFormat: `${HIVE}.MapredParquetOutputFormat`,
      serdeInfo: { serializationLibrary: `${HIVE}.serde.ParquetHiveSerDe` },
      columns: Object.entries(columns).map(([column, { kind, meaning }]) => ({
        name: column,
        type: glueType[kind],
        comment: meaning,
      })),
    },
  };
}
