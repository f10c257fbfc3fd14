import { z } from 'zod';

/** Letters, digits and hyphens, two labels or more, lower case: no look-alikes and no wildcards. */
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;

/** A domain as one writes it, whether mail or a page comes from it. */
export const domainField = z
  .string()
  .max(253)
  .regex(DOMAIN, 'expected a domain in lower case such as acme.example, without "@" and "*"');

const addressField = z
  .email('expected an e-mail address such as success@acme.example')
  .max(254)
  .nullable()
  .default(null);

const hostedZoneField = z
  .strictObject({
    id: z.string().regex(/^Z[A-Z0-9]{1,31}$/, 'expected the id of a hosted zone, such as Z0123ABC'),
    name: domainField.describe('The domain of the zone.'),
  })
  .nullable()
  .default(null)
  .describe(
    'Route 53 zone of the domain of from: the stack puts the records for DKIM and DMARC there.',
  );

/** Whether mail leaves, from whom, and to whom it may at most; docs/mail.md tells more. */
export const mailField = z
  .strictObject({
    mode: z
      .enum(['review', 'send'])
      .default('review')
      .describe('review: mails are written as .eml and held. send: they are sent.'),
    from: addressField.describe('The address mails come from; its domain is verified with SES.'),
    from_name: z.string().trim().min(1).max(60).nullable().default('Holdfast'),
    reply_to: addressField.describe('Where answers go; null: to from.'),
    allowed_domains: z
      .array(domainField)
      .default([])
      .describe(
        'Mail goes to addresses of these domains and to no others; subdomains count apart.',
      ),
    redirect_to: addressField.describe('All mail goes to this one address instead, for trying.'),
    on_uncertain: z
      .enum(['hold', 'resend'])
      .default('hold')
      .describe(
        'What becomes of a mail of which nobody knows whether it left: hold asks a person.',
      ),
    identity: z
      .enum(['create', 'existing'])
      .default('create')
      .describe('existing: SES knows the domain of from already, in this account and region.'),
    configuration_set: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,50}$/, 'expected letters, digits, "-" and "_", up to 50')
      .default('holdfast')
      .describe('SES configuration set; the stack creates it.'),
    most_per_run: z
      .int()
      .min(1)
      .max(10_000)
      .default(500)
      .describe('Mails that one run sends; what is beyond waits for the next.'),
    hosted_zone: hostedZoneField,
  })
  .superRefine((mail, context) => {
    for (const { path, message } of contradictions(mail)) {
      context.addIssue({ code: 'custom', path: [path], message });
    }
  })
  .prefault({});

export type MailConfig = z.output<typeof mailField>;

/** The part after the last @, which is the one that mail servers go by. */
export const domainOf = (address: string): string =>
  address.slice(address.lastIndexOf('@') + 1).toLowerCase();

interface Contradiction {
  readonly path: keyof MailConfig;
  readonly message: string;
}

function* contradictions(mail: MailConfig): Generator<Contradiction> {
  const { mode, from, allowed_domains, redirect_to, hosted_zone } = mail;
  if (mode === 'send' && from === null) {
    yield { path: 'from', message: 'expected the address that mails come from, for mode send' };
  }
  if (mode === 'send' && allowed_domains.length === 0) {
    const message = 'expected at least one domain that may be written to, for mode send';
    yield { path: 'allowed_domains', message };
  }
  if (redirect_to !== null && mode === 'send' && !allowed_domains.includes(domainOf(redirect_to))) {
    yield { path: 'redirect_to', message: 'expected an address of one of the allowed_domains' };
  }
  if (hosted_zone !== null && !isWithin(from, hosted_zone.name)) {
    const domain = from === null ? 'not said' : domainOf(from);
    const message = `expected a zone that the domain of from lies in, which is ${domain}`;
    yield { path: 'hosted_zone', message };
  }
}

const isWithin = (from: string | null, zone: string): boolean =>
  from !== null && `.${domainOf(from)}`.endsWith(`.${zone}`);
