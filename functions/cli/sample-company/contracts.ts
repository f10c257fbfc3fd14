import { type AccountStory, declineOn } from './account-story.ts';
import { segments } from './company.ts';
import type { ContractLine } from './contract-lines.ts';
import type { DayNumber } from './day-number.ts';
import type { RandomStream } from './random-stream.ts';
import { type Cell, sampleTable } from './sample-table.ts';

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
    const random = story.random('contracts');
    const autoRenews = random.chance(segments[story.segment].autoRenews);
    const noticeDays = Number(random.weighted(segments[story.segment].noticeDays));
    const exitClause = random.chance(story.segment === 'Enterprise' ? 0.3 : 0.12);
    const paper = { autoRenews, noticeDays };
    const notices = new Map<DayNumber, Notice>();

    for (const [place, line] of story.lines.entries()) {
      const renewal = story.lines.slice(place + 1).find((next) => continues(line, next));
      const notice = notices.get(line.end) ?? noticeOf(story, line, renewal, paper, random);
      notices.set(line.end, notice);
      const isMonthly = line.termMonths === 1;
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
        auto_renew: isMonthly || autoRenews,
        notice_days: isMonthly ? 0 : noticeDays,
        signed_on: signedOn(line, story.asOf, random),
        ...notice,
        renewed_by: renewal?.contractId ?? null,
        discount_pct: Math.round(line.discountPct * 100),
        uplift_pct: line.upliftPct === null ? null : line.upliftPct * 100,
        exit_clause: line.termMonths > 12 && exitClause,
      };
    }
  },
});

type Notice = Readonly<Record<'cancelled_on' | 'cancel_recorded_on', Cell>>;

const noNotice: Notice = { cancelled_on: null, cancel_recorded_on: null };

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
): Notice {
  const { asOf, life } = story;
  const isMonthly = line.termMonths === 1;
  const ahead = isMonthly ? random.whole(1, 20) : noticeDays + random.whole(1, 50);
  const recordedOn = Math.max(line.start + 1, line.end - ahead);
  const leaves = life.course === 'churned' && line.end <= asOf;
  const speaks = random.unit();
  // It takes effect when the term ends.
  const notice: Notice = { cancelled_on: line.end, cancel_recorded_on: recordedOn };
  if (renewal || recordedOn >= asOf || line.start >= asOf) return noNotice;
  if (leaves) return isMonthly || autoRenews || speaks < 0.5 ? notice : noNotice;

  // The end of a spell before a pause was announced; today's doubts are, by some.
  if (line.end < asOf) return life.course === 'returned' ? notice : noNotice;
  const inDoubt = declineOn(story, recordedOn) > 0.3 && life.character !== 'wobbling';
  return speaks < (inDoubt ? 0.6 : 0.02) ? notice : noNotice;
}
