import type { Cents } from '../basics/money.ts';
import { distribute } from '../basics/ratio.ts';
import type { Config } from '../config/schema.ts';
import { isRenewed } from '../revenue/contract-line.ts';
import type { RenewalLine } from './renewal-line.ts';

/** The line that goes on where another ends, and how that is known. */
export interface Succession {
  readonly line: RenewalLine;
  readonly link: 'renewed_by' | 'elsewhere' | 'inferred';
  /** Its ARR, or the part of it that goes to this line where it renews several. */
  readonly cents: Cents;
  /** Lines that it renews, this one among them. */
  readonly coTermed: number;
}

/** What a line that is renewed early begins before the end, and still is no purchase on top. */
const OVERLAP_DAYS = 31;

type Policy = Pick<Config['renewals'], 'infer' | 'infer_within_days'>;

interface Worth {
  readonly due: Cents;
  readonly first: Cents;
}

/**
 * Who renews whom among the lines of one customer, by contract id. What the warehouse says in
 * renewed_by counts first, that of another customer too, with what was due. Where it says nothing, and no notice was given, a line of the same account
 * that begins about when another ends renews it: of the same product before any other, the nearest
 * before the farther, and each line one other at most.
 */
export const successions = (
  lines: readonly RenewalLine[],
  worthOf: (line: RenewalLine) => Worth,
  policy: Policy,
): ReadonlyMap<string, Succession> => {
  const links = namedLinks(lines);
  if (policy.infer) inferLinks(lines, links, policy.infer_within_days);

  const renewedBy = new Map<string, RenewalLine[]>();
  for (const [line, { successor }] of links) {
    const renewed = renewedBy.get(successor.contractId) ?? [];
    renewed.push(line);
    renewedBy.set(successor.contractId, renewed);
  }
  const found = new Map<string, Succession>();
  for (const [line, { successor, link }] of links) {
    const together = renewedBy.get(successor.contractId) ?? [line];
    const parts = sharedOut(
      worthOf(successor).first,
      together.map((one) => worthOf(one).due),
    );
    const cents = parts[together.indexOf(line)] ?? 0;
    found.set(line.contractId, { line: successor, link, cents, coTermed: together.length });
  }
  for (const line of lines) {
    if (found.has(line.contractId) || !isRenewed(line) || line.renewedBy === null) continue;
    found.set(line.contractId, renewedElsewhere(line, line.renewedBy, worthOf(line).due));
  }
  return found;
};

/** By a line of another customer, of which no more is known here than when it begins. */
const renewedElsewhere = (line: RenewalLine, contractId: string, due: Cents): Succession => {
  const start = line.renewalStart as number;
  const next = { ...line, contractId, start, end: start + line.end - line.start, signedOn: null };
  return { line: next, link: 'elsewhere', cents: due, coTermed: 1 };
};

interface Link {
  readonly successor: RenewalLine;
  readonly link: Succession['link'];
}

function namedLinks(lines: readonly RenewalLine[]): Map<RenewalLine, Link> {
  const byId = new Map(lines.map((line) => [line.contractId, line]));
  const links = new Map<RenewalLine, Link>();
  for (const line of lines) {
    const successor = line.renewedBy === null ? undefined : byId.get(line.renewedBy);
    // A renewal that begins before what it renews, or is cancelled before it begins, renews nothing.
    if (successor === undefined || successor.start <= line.start || neverBegan(successor)) continue;
    links.set(line, { successor, link: 'renewed_by' });
  }
  return links;
}

const neverBegan = ({ start, cancelledOn }: RenewalLine): boolean =>
  cancelledOn !== null && cancelledOn <= start;

function inferLinks(
  lines: readonly RenewalLine[],
  links: Map<RenewalLine, Link>,
  withinDays: number,
): void {
  if (lines.length < 2) return;
  const taken = new Set([...links.values()].map(({ successor }) => successor));
  const open = lines
    .filter((line) => !links.has(line) && line.cancelledOn === null)
    .sort((a, b) => a.end - b.end || (a.contractId < b.contractId ? -1 : 1));
  for (const isSameProduct of [true, false]) {
    for (const line of open) {
      if (links.has(line)) continue;
      const candidates = lines.filter(
        (other) =>
          !taken.has(other) &&
          other.accountId === line.accountId &&
          (other.product === line.product) === isSameProduct &&
          other.start > line.start &&
          other.end > line.end &&
          other.start >= line.end - OVERLAP_DAYS &&
          other.start <= line.end + withinDays &&
          !neverBegan(other),
      );
      const successor = candidates.sort(
        (a, b) =>
          Math.abs(a.start - line.end) - Math.abs(b.start - line.end) ||
          (a.contractId < b.contractId ? -1 : 1),
      )[0];
      if (successor === undefined) continue;
      links.set(line, { successor, link: 'inferred' });
      taken.add(successor);
    }
  }
}

/** To the cent, by what each brought before; in equal parts where none brought anything. */
function sharedOut(total: Cents, dues: readonly Cents[]): number[] {
  const whole = dues.reduce((sum, due) => sum + due, 0);
  const exact = dues.map((due) => (whole === 0 ? total / dues.length : (total * due) / whole));
  return distribute(total, exact);
}
