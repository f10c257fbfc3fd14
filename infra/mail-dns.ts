import { CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import type { MailConfig } from '../shared/config/mail.ts';

type Zone = NonNullable<MailConfig['hosted_zone']>;

interface DnsRecord {
  readonly zone: Zone;
  /** In full; it may be known to SES alone until the stack is deployed. */
  readonly name: string;
  readonly type: 'CNAME' | 'TXT';
  readonly value: string;
}

/** A record in a zone that the company has; its id is enough, so nothing is looked up. */
export const dnsRecord = (scope: Construct, id: string, record: DnsRecord): CfnRecordSet =>
  new CfnRecordSet(scope, id, {
    hostedZoneId: record.zone.id,
    name: record.name,
    type: record.type,
    ttl: '1800',
    resourceRecords: [record.value],
  });

/**
 * Tells mail servers what to think of mail that only claims to come from the domain. On a domain of
 * its own that is strict; that of the zone carries the mail of people too, and is watched only.
 */
export const dmarcRecord = (
  scope: Construct,
  id: string,
  { zone, domain }: { readonly zone: Zone; readonly domain: string },
): CfnRecordSet => {
  const policy = domain === zone.name ? 'none' : 'quarantine';
  const value = `"v=DMARC1; p=${policy}"`;
  return dnsRecord(scope, id, { zone, name: `_dmarc.${domain}`, type: 'TXT', value });
};
