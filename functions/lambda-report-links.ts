import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Config } from '../shared/config/schema.ts';
import type { ReportLinks } from '../shared/ports/report-links.ts';
import { signedReportLinks } from './adapters/aws/signed-report-links.ts';
import { systemClock } from './adapters/system-clock.ts';

/** What signs links in a function: none where the stack has set up no report site around it. */
export const lambdaReportLinks = ({ reports }: Config): ReportLinks | undefined => {
  const { site } = reports;
  const domain = process.env.HOLDFAST_REPORT_SITE;
  const keyPairId = process.env.HOLDFAST_REPORT_KEY_PAIR;
  if (site === null || !domain || !keyPairId) return undefined;
  return signedReportLinks({
    ...{ client: new SecretsManagerClient({}), secret: site.private_key_secret },
    ...{ domain, keyPairId, publicKey: site.public_key, days: site.expires_days },
    ...{ clock: systemClock, random: Math.random },
  });
};
