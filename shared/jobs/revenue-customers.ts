import { compareUtf8 } from '../basics/compare-utf8.ts';
import type { Batch, Cell } from '../ports/warehouse.ts';
import type { RenewalLine } from '../renewals/renewal-line.ts';
import type { ContractLine } from '../revenue/contract-line.ts';
import type { Onboarding, RevenueCustomer } from '../revenue/customer.ts';

/** Reads a line out of a row of the stream. */
type LineOf<Line extends ContractLine> = (read: Reader, row: number) => Line;

/** A customer with lines that know more than what they bring. */
type CustomerOf<Line extends ContractLine> = Omit<RevenueCustomer, 'lines'> & {
  readonly lines: readonly Line[];
};

/**
 * Puts the lines of a stream together to customers, one after another. The stream is in the order of
 * customer_id, so only the lines of one customer stand in memory besides the batch.
 */
export async function* customersFrom<Line extends ContractLine>(
  batches: AsyncIterable<Batch>,
  lineOf: LineOf<Line>,
): AsyncGenerator<readonly CustomerOf<Line>[]> {
  let open: OpenCustomer<Line> | null = null;
  for await (const { columns, rowCount } of batches) {
    const whole: CustomerOf<Line>[] = [];
    const read = rowReader(columns);
    for (let row = 0; row < rowCount; row += 1) {
      const customerId = read.text('customer_id', row) as string;
      if (open === null || open.customerId !== customerId) {
        if (open !== null) whole.push(closed(open));
        open = opened(customerId, read, row);
      }
      open.lines.push(lineOf(read, row));
      addAccount(open, read, row);
    }
    yield whole;
  }
  if (open !== null) yield [closed(open)];
}

/** The customers of the ledger, with what their lines bring. */
export const revenueCustomers = (
  batches: AsyncIterable<Batch>,
): AsyncGenerator<readonly RevenueCustomer[]> => customersFrom(batches, contractLine);

/** The customers of the ledger, with the terms of their lines. */
export const renewalCustomers = (
  batches: AsyncIterable<Batch>,
): AsyncGenerator<readonly CustomerOf<RenewalLine>[]> => customersFrom(batches, renewalLine);

type Reader = ReturnType<typeof rowReader>;

const rowReader = (columns: Batch['columns']) => {
  const cell = (name: string, row: number): Cell => {
    const values = columns[name];
    if (values === undefined) throw new Error(`the warehouse answered without column ${name}`);
    return values[row] ?? null;
  };
  return {
    text: (name: string, row: number) => cell(name, row) as string | null,
    number: (name: string, row: number) => cell(name, row) as number | null,
    flag: (name: string, row: number) => cell(name, row) as boolean | null,
  };
};

interface OpenCustomer<Line extends ContractLine>
  extends Omit<RevenueCustomer, 'onboarding' | 'concessionsWithoutPlan'> {
  readonly lines: Line[];
  readonly accounts: Map<string, AboutAccount>;
}

interface AboutAccount {
  readonly due: number;
  readonly overdue: number;
  readonly onTime: number;
  readonly concessions: number;
}

const opened = <Line extends ContractLine>(
  customerId: string,
  { text }: Reader,
  row: number,
): OpenCustomer<Line> => ({
  customerId,
  name: text('name', row),
  segmentName: text('segment_name', row),
  motionName: text('motion_name', row),
  region: text('region', row),
  ownerEmail: text('owner_email', row),
  ultimateParentId: text('ultimate_parent_id', row),
  lines: [],
  accounts: new Map(),
});

function contractLine({ text, number }: Reader, row: number): ContractLine {
  return {
    contractId: text('contract_id', row) as string,
    accountId: text('account_id', row) as string,
    product: text('product', row),
    currency: text('currency', row) as string,
    start: number('start_day', row) as number,
    end: number('end_day', row) as number,
    annual: number('annual', row) ?? 0,
    growth: number('growth', row) ?? 1,
    cancelledOn: number('cancelled_day', row),
    cancelKnownOn: number('cancel_known_day', row),
    renewalStart: number('renewal_start_day', row),
  };
}

/** Written out: to spread a line takes far longer, and there are millions. */
function renewalLine({ text, number, flag }: Reader, row: number): RenewalLine {
  return {
    contractId: text('contract_id', row) as string,
    accountId: text('account_id', row) as string,
    product: text('product', row),
    currency: text('currency', row) as string,
    start: number('start_day', row) as number,
    end: number('end_day', row) as number,
    annual: number('annual', row) ?? 0,
    growth: number('growth', row) ?? 1,
    cancelledOn: number('cancelled_day', row),
    cancelKnownOn: number('cancel_known_day', row),
    renewalStart: number('renewal_start_day', row),
    accountName: text('account_name', row),
    region: text('account_region', row),
    ownerEmail: text('account_owner_email', row),
    signedOn: number('signed_day', row),
    autoRenew: flag('auto_renew', row),
    noticeDays: number('notice_days', row),
    renewedBy: text('renewed_by', row),
  };
}

function addAccount<Line extends ContractLine>(
  { accounts }: OpenCustomer<Line>,
  { text, number }: Reader,
  row: number,
): void {
  const accountId = text('account_id', row) as string;
  if (accounts.has(accountId)) return;
  accounts.set(accountId, {
    due: number('milestones_due', row) ?? 0,
    overdue: number('milestones_overdue', row) ?? 0,
    onTime: number('milestones_on_time', row) ?? 0,
    concessions: number('concessions_without_plan', row) ?? 0,
  });
}

function closed<Line extends ContractLine>({
  accounts,
  ...customer
}: OpenCustomer<Line>): CustomerOf<Line> {
  // The engine keeps no order within a customer, and the same data has to give the same bytes.
  customer.lines.sort((a, b) => compareUtf8(a.contractId, b.contractId));
  const about = [...accounts.values()];
  const sum = (of: (account: AboutAccount) => number) =>
    about.reduce((total, account) => total + of(account), 0);
  return {
    ...customer,
    onboarding: onboardingOf({
      due: sum(({ due }) => due),
      overdue: sum(({ overdue }) => overdue),
      onTime: sum(({ onTime }) => onTime),
    }),
    concessionsWithoutPlan: sum(({ concessions }) => concessions),
  };
}

function onboardingOf({ due, overdue, onTime }: Omit<AboutAccount, 'concessions'>): Onboarding {
  if (due === 0) return 'not_recorded';
  if (overdue > 0) return 'unfinished';
  return onTime === due ? 'on_time' : 'late';
}
