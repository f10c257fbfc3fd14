import type { RenewalLine } from '../../shared/renewals/renewal-line.ts';
import { epoch, type LineChange, line } from './contract-lines.ts';

type Terms = Omit<RenewalLine, keyof ReturnType<typeof line>>;

/** What a test says of a renewal line beyond its term, with days as people write them. */
export type RenewalChange = LineChange &
  Partial<Omit<Terms, 'signedOn'>> & { readonly signedOn?: string };

/** A line of 1200 a year with the terms of its renewal. */
export const renewalLine = (
  start: string,
  end: string,
  { signedOn, ...change }: RenewalChange = {},
): RenewalLine => {
  const { accountName, region, ownerEmail, autoRenew, noticeDays, renewedBy, ...contract } = change;
  return {
    ...line(start, end, contract),
    accountName: accountName ?? 'Meridian Retail',
    region: region ?? 'EMEA',
    ownerEmail: ownerEmail ?? 'l.fischer@harbourline.example',
    signedOn: signedOn === undefined ? null : epoch(signedOn),
    autoRenew: autoRenew ?? null,
    noticeDays: noticeDays ?? null,
    renewedBy: renewedBy ?? null,
  };
};
