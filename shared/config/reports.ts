import { z } from 'zod';
import { domainField } from './mail.ts';

const address = z
  .string()
  .regex(/^[^\s@<>",;]+@[^\s@<>",;]+$/, 'expected an address such as ana@example.com');

const recipientField = z.strictObject({
  address,
  name: z.string().min(1).max(120).nullable().default(null).describe('How the mail calls them.'),
});

const focusField = z
  .strictObject({
    lever: z
      .string()
      .min(1)
      .max(160)
      .describe('What the team works on, such as "Onboarding on time".'),
    owner: address.describe('Who answers for it.'),
    measure: z.string().min(1).describe('Measure of the health model that tells its progress.'),
    since: z.iso.date().describe('Day it was begun.'),
    from_points: z.number().min(0).max(100).describe('Mean points of the measure on that day.'),
    target_points: z.number().min(0).max(100).describe('Mean points at which it is reached.'),
  })
  .refine(({ from_points: from, target_points: target }) => target > from, {
    path: ['target_points'],
    message: 'expected more than from_points: points rise as it gets better',
  });

const BASE64 = '[A-Za-z0-9+/]';

/** An RSA key of 2048 bits, which CloudFront takes, as openssl writes it: always so long and so begun. */
const RSA_PUBLIC_KEY = new RegExp(
  [
    '^\\s*-----BEGIN PUBLIC KEY-----',
    `MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A${BASE64}{32}`,
    ...Array(5).fill(`${BASE64}{64}`),
    `${BASE64}{8}`,
    '-----END PUBLIC KEY-----\\s*$',
  ].join('\\r?\\n'),
);

/** A name, or an ARN with the six characters that Secrets Manager adds to it. */
const SECRET =
  /^([A-Za-z0-9/_+=.@-]{1,512}|arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[A-Za-z0-9/_+=.@-]+-[A-Za-z0-9]{6})$/;

/** CloudFront looks for certificates in this region only. */
const CERTIFICATE = /^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[a-z0-9-]+$/;

const siteField = z
  .strictObject({
    public_key: z
      .string()
      .regex(
        RSA_PUBLIC_KEY,
        'expected the public key of an RSA pair of 2048 bits, as PEM, line by line',
      )
      .describe('Links are good that were signed by the private key of this one.'),
    private_key_secret: z
      .string()
      .regex(SECRET, 'expected the name or the whole ARN of a secret, not what it holds')
      .describe('The secret in Secrets Manager that holds the private key, as PEM.'),
    expires_days: z
      .number()
      .int()
      .min(1)
      .max(31)
      .default(14)
      .describe('A link leads to the report for so many days after its mail has left.'),
    domain: z
      .strictObject({
        name: domainField.describe('Name of the site; its DNS leads to the output of the stack.'),
        certificate_arn: z
          .string()
          .regex(CERTIFICATE, 'expected the ARN of a certificate in us-east-1'),
      })
      .nullable()
      .default(null)
      .describe('A domain of your own; without it the site has one of cloudfront.net.'),
  })
  .nullable()
  .default(null)
  .describe('The stack serves the report page to whoever has a signed link to it.');

/** What is written for people every week, and for whom; docs/mail.md tells of each. */
export const reportsField = z
  .strictObject({
    weekly_summary: z
      .strictObject({
        recipients: z
          .array(recipientField)
          .max(200)
          .refine(
            (list) =>
              new Set(list.map(({ address: one }) => one.toLowerCase())).size === list.length,
            'expected each address once, in whatever case',
          )
          .default([])
          .describe('Who is sent the executive summary; without any only the page is written.'),
        at_risk_within_days: z
          .number()
          .int()
          .min(14)
          .max(365)
          .default(90)
          .describe('Renewals at risk are told of so many days ahead.'),
        decide_within_days: z
          .number()
          .int()
          .min(1)
          .max(90)
          .default(14)
          .describe('What has to be decided within so many days needs a decision this week.'),
      })
      .prefault({}),
    csm_weekly: z
      .boolean()
      .default(true)
      .describe('Every owner of accounts is sent a weekly list of their own.'),
    focus: focusField
      .nullable()
      .default(null)
      .describe('The one lever that is worked on until it has reached its target.'),
    page: z
      .strictObject({
        accounts: z
          .number()
          .int()
          .min(1)
          .max(10_000)
          .default(10_000)
          .describe('Accounts on the page, those with most at stake first.'),
        link: z
          .enum(['none', 'attach', 'site'])
          .default('none')
          .describe(
            'How the mail leads to the page: says where it lies, attaches it, or links the report site of the stack.',
          ),
      })
      .prefault({}),
    site: siteField,
  })
  .refine(({ page, site }) => page.link !== 'site' || site !== null, {
    path: ['page', 'link'],
    message: 'expected reports.site beside it, or the mail would lead nowhere',
  })
  .prefault({});

export type ReportSiteConfig = NonNullable<z.output<typeof siteField>>;
