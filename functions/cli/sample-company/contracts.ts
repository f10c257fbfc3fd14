import { type AccountStory, declineOn } from './account-story.ts';
import { segments } from './company.ts';
import type { ContractLine } from './contract-lines.ts';
import type { DayNumber } from './day-number.ts';
import type { RandomStream } from './random-stream.ts';
import { sampleTable } from './sample-table.ts';

/** Contract lines with their paperwork: when signed, when given notice, what renewed them. */
export const contracts = sampleTable({
  name: 'contracts',
  columns: {
    contract_id: 'VARCHAR',
    account_id: 'VARCHAR',
    start_date: 'DATE',
    end_date: 'DATE',
    arr: 'DECIMAL(18,2)',
    total_value: 'DECIMAL(18,2)',
    currency: 'VARCHAR',
    product: 'VARCHAR',
    seats: 'BIGINT',
    term_months: 'INTEGER',
    auto_renew: 'BOOLEAN',
    notice_days: 'INTEGER',
    signed_on: 'DATE',
    cancelled_on: 'DATE',
    cancel_recorded_on: 'DATE',
    renewed_by: 'VARCHAR',
    discount_pct: 'DECIMAL(5,2)',
    uplift_pct: 'DECIMAL(5,2)',
    exit_clause: 'BOOLEAN',
  },

  *rows(story) {
    for (const { line, renewal, notice, signedOn, ...terms } of contractPapers(story)) {
      yield {
        contract_id: line.contractId,
        account_id: story.accountId,
        start_date: line.start,
        end_date: line.end,
        arr: line.arrCents,
        total_value: totalCents(line),
        currency: story.currency,
        product: line.product,
        seats: line.seats,
        term_months: line.termMonths,
        auto_renew: terms.autoRenew,
        notice_days: terms.noticeDays,
        signed_on: signedOn,
        // It takes effect when the term ends.
        cancelled_on: notice === null ? null : line.end,
        cancel_recorded_on: notice,
        renewed_by: renewal?.contractId ?? null,
        discount_pct: Math.round(line.discountPct * 100),
        uplift_pct: line.upliftPct === null ? null : line.upliftPct * 100,
        exit_clause: terms.exitClause,
      };
    }
  },
});

/** A line and what was signed about it. */
interface ContractPaper {
  readonly line: ContractLine;
  readonly renewal: ContractLine | undefined;
  /** The day notice was given, if it was. */
  readonly notice: DayNumber | null;
  readonly signedOn: DayNumber;
  readonly autoRenew: boolean;
  readonly noticeDays: number;
  readonly exitClause: boolean;
}

/** The lines of an account from first to last, with their paperwork. */
export const contractPapers = (story: AccountStory): ContractPaper[] => {
  const random = story.random('contracts');
  const autoRenews = random.chance(segments[story.segment].autoRenews);
  const noticeDays = Number(random.weighted(segments[story.segment].noticeDays));
  const exitClause = random.chance(story.segment === 'Enterprise' ? 0.3 : 0.12);
  const notices = new Map<DayNumber, DayNumber | null>();

  return story.lines.map((line, place) => {
    const renewal = story.lines.slice(place + 1).find((next) => continues(line, next));
    const known = notices.get(line.end);
    const notice =
      known === undefined
        ? noticeOf(story, line, renewal, { autoRenews, noticeDays }, random)
        : known;
    notices.set(line.end, notice);
    const isMonthly = line.termMonths === 1;
    return {
      line,
      renewal,
      notice,
      signedOn: signedOn(line, story.asOf, random),
      autoRenew: isMonthly || autoRenews,
      noticeDays: isMonthly ? 0 : noticeDays,
      exitClause: line.termMonths > 12 && exitClause,
    };
  });
};

const continues = (line: ContractLine, next: ContractLine): boolean =>
  next.renews && next.start === line.end;

/** Every year of a longer term costs more by the uplift; the part of a year its share. */
function totalCents({ arrCents, termMonths, upliftPct }: ContractLine): number {
  let total = 0;
  for (let month = 0, arr = arrCents; month < termMonths; month += 12) {
    total += (arr * Math.min(12, termMonths - month)) / 12;
    arr *= 1 + (upliftPct ?? 0) / 100;
  }
  return Math.round(total);
}

function signedOn(line: ContractLine, asOf: DayNumber, random: RandomStream): DayNumber {
  if (line.termMonths === 1 && line.renews) return Math.min(line.start, asOf - 1);
  const ahead = line.renews ? random.whole(2, 70) : random.whole(1, 28);
  return Math.min(line.start - ahead, asOf - random.whole(1, 20));
}

/** Those who leave an automatic renewal must say so in time; others often just let it end. */
function noticeOf(
  story: AccountStory,
  line: ContractLine,
  renewal: ContractLine | undefined,
  { autoRenews, noticeDays }: { autoRenews: boolean; noticeDays: number },
  random: RandomStream,
): DayNumber | null {
  const { asOf, life } = story;
  const isMonthly = line.termMonths === 1;
  const ahead = isMonthly ? random.whole(1, 20) : noticeDays + random.whole(1, 50);
  const recordedOn = Math.max(line.start + 1, line.end - ahead);
  const leaves = life.course === 'churned' && line.end <= asOf;
  const speaks = random.unit();
  if (renewal || recordedOn >= asOf || line.start >= asOf) return null;
  if (leaves) return isMonthly || autoRenews || speaks < 0.5 ? recordedOn : null;

  // The end of a spell before a pause was announced; today's doubts are, by some.
  if (line.end < asOf) return life.course === 'returned' ? recordedOn : null;
  const inDoubt = declineOn(story, recordedOn) > 0.3 && life.character !== 'wobbling';
  return speaks < (inDoubt ? 0.6 : 0.02) ? recordedOn : null;
}
