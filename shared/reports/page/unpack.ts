import type { Day } from '../../basics/day.ts';
import { HOLE, type PackedAccounts, type PackedReceipts, type PackedRow } from './packed.ts';
import type { AccountLine, PageFlag, ReceiptLine } from './report.ts';

/** The accounts again, in the browser. */
export const unpackAccounts = ({ texts, rows }: PackedAccounts): AccountLine[] => {
  const at = (place: number): string | null => (place === 0 ? null : (texts[place] as string));
  return rows.map((row) => accountOf(row, at));
};

/** The receipt of the account in a place; null where the page has none. */
export const unpackReceipt = (packed: PackedReceipts, place: number): ReceiptLine[] | null => {
  const receipt = packed.receipts[place];
  if (receipt === null || receipt === undefined) return null;
  let next = 0;
  const take = () => receipt[next++] as number;
  const words = (): string | null => {
    const text = take();
    if (text === 0) return null;
    return (packed.texts[text] as string).replaceAll(HOLE, () => `${take()}`);
  };
  const shape = packed.shapes[take()] as readonly number[];
  return Array.from({ length: shape.length / 2 }, (_, line) => ({
    measure: packed.texts[shape[2 * line] as number] as string,
    weight: shape[2 * line + 1] as number,
    value: words(),
    points: take(),
    contribution: take(),
    reason: words(),
  }));
};

type At = (place: number) => string | null;

function accountOf(row: PackedRow, at: At): AccountLine {
  const [accountId, name, segment, ownerName, ownerEmail, region, lifecycle, arrCents] = row;
  const [, , , , , , , , score, band, change28, driver, renewalOn, coverage] = row;
  const [gateEffect, gateReason, note, flags] = row.slice(14) as [
    number | null,
    number,
    number,
    number[],
  ];
  return {
    ...{ accountId, name, arrCents, score, change28, coverage },
    segment: at(segment) ?? '',
    ownerName: at(ownerName),
    ownerEmail: at(ownerEmail),
    region: at(region),
    lifecycle: at(lifecycle) ?? '',
    band: at(band) ?? '',
    driver: at(driver),
    renewalOn: at(renewalOn) as Day | null,
    gate: gateEffect === null ? null : { effect: gateEffect, reason: at(gateReason) ?? '' },
    note: at(note),
    flags: flagsOf(flags, at),
  };
}

function flagsOf(places: readonly number[], at: At): PageFlag[] {
  return Array.from({ length: places.length / 3 }, (_, flag) => {
    const [signal = 0, severity = 0, evidence = 0] = places.slice(3 * flag);
    return {
      signal: at(signal) ?? '',
      severity: at(severity) ?? '',
      evidence: at(evidence) ?? '',
    };
  });
}
