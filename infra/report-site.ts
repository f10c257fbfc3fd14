import { Aws, CfnOutput, Duration, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  KeyGroup,
  PublicKey,
  ResponseHeadersPolicy,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { PolicyStatement, type Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { sha256 } from '../shared/basics/digest.ts';
import type { ReportSiteConfig } from '../shared/config/reports.ts';
import type { ResultsLake } from './results-lake.ts';

interface ReportSiteProps {
  readonly site: ReportSiteConfig;
  readonly stage: string;
  readonly lake: ResultsLake;
}

/** The one folder of the results that the site serves; a link names what is in it. */
const FOLDER = 'reports';

/** Serves the report page to whoever has a signed link, and nothing of it to anybody else. */
export class ReportSite extends Construct {
  readonly domain: string;
  /** What CloudFront calls the public key; links name it. */
  readonly keyPairId: string;
  readonly #secret: string;

  constructor(scope: Construct, id: string, props: ReportSiteProps) {
    super(scope, id);
    const { site, lake } = props;
    this.#secret = site.private_key_secret;
    const key = this.#publicKey(site);
    this.keyPairId = key.publicKeyId;
    const distribution = this.#distribution(props, key);
    this.domain = site.domain?.name ?? distribution.distributionDomainName;
    lake.bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
        // Without listing, what is not there is answered like what is forbidden.
        actions: ['s3:GetObject'],
        resources: [lake.bucket.arnForObjects(`${FOLDER}/*`)],
        conditions: { StringEquals: { 'AWS:SourceArn': distribution.distributionArn } },
      }),
    );
    this.#acknowledge(distribution, site);
    const output = (name: string, value: string, description: string) =>
      new CfnOutput(scope, name, { value, description });
    output('ReportSite', this.domain, 'Serves the report page to whoever has a signed link.');
    if (site.domain !== null) {
      const to = distribution.distributionDomainName;
      output('ReportSiteTarget', to, `Lead ${site.domain.name} here, by a CNAME or an alias.`);
    }
  }

  /** Lets a function read the private key, which nobody else here may. */
  permit(role: Role): void {
    const named = `arn:${Aws.PARTITION}:secretsmanager:${Aws.REGION}:${Aws.ACCOUNT_ID}:secret`;
    // Secrets Manager adds six characters to a name.
    const isArn = this.#secret.startsWith('arn:');
    const resources = [isArn ? this.#secret : `${named}:${this.#secret}-??????`];
    role.addToPolicy(
      new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources }),
    );
  }

  /** CloudFront never changes a key, so another one is another resource, with another name. */
  #publicKey({ public_key: pem }: ReportSiteConfig): PublicKey {
    const encodedKey = `${pem.trim().replaceAll('\r\n', '\n')}\n`;
    return new PublicKey(this, `Key${sha256(encodedKey).slice(0, 12)}`, { encodedKey });
  }

  #distribution({ site, stage, lake }: ReportSiteProps, key: PublicKey): Distribution {
    const accessControl = new S3OriginAccessControl(this, 'AccessControl');
    return new Distribution(this, 'Distribution', {
      comment: `Holdfast reports, stage ${stage}`,
      defaultBehavior: {
        // Not withOriginAccessControl, which would let it read the whole bucket.
        origin: S3BucketOrigin.withBucketDefaults(lake.bucket, {
          originPath: `/${FOLDER}`,
          originAccessControlId: accessControl.originAccessControlId,
        }),
        trustedKeyGroups: [new KeyGroup(this, 'Keys', { items: [key] })],
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
        cachePolicy: this.#cachePolicy(),
        responseHeadersPolicy: this.#headers(),
      },
      ...(site.domain !== null && {
        domainNames: [site.domain.name],
        certificate: Certificate.fromCertificateArn(
          ...([this, 'Certificate', site.domain.certificate_arn] as const),
        ),
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      }),
    });
  }

  /** For a minute only, so that a page that is computed anew is the one that is read. */
  #cachePolicy(): CachePolicy {
    return new CachePolicy(this, 'Cache', {
      ...{ defaultTtl: Duration.minutes(1), maxTtl: Duration.minutes(1) },
      ...{ enableAcceptEncodingGzip: true, enableAcceptEncodingBrotli: true },
    });
  }

  /** The page brings its own content security policy, which knows its script. */
  #headers(): ResponseHeadersPolicy {
    const override = true;
    return new ResponseHeadersPolicy(this, 'Headers', {
      securityHeadersBehavior: {
        contentTypeOptions: { override },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override },
      },
      customHeadersBehavior: {
        customHeaders: [
          // No copy of it stays behind in the browser.
          { header: 'Cache-Control', value: 'no-store', override },
          { header: 'X-Robots-Tag', value: 'noindex, nofollow', override },
        ],
      },
    });
  }

  #acknowledge(distribution: Distribution, { domain }: ReportSiteConfig): void {
    const answers = {
      CFR1: 'Whoever has a signed link may read the report where they are.',
      CFR2: 'What has no signed link is refused before anything looks at it.',
      CFR3: 'That log would hold links that still work; the access log of the bucket tells what is read.',
      ...(domain === null && {
        CFR4: 'Under its own domain CloudFront sets the oldest TLS; reports.site.domain has 1.2 at least.',
      }),
    };
    for (const [rule, reason] of Object.entries(answers)) {
      Validations.of(distribution).acknowledge({ id: `AwsSolutions-${rule}`, reason });
    }
  }
}
