import type { Batch, Cell } from '../ports/warehouse.ts';
import type { ContractLine } from '../revenue/contract-line.ts';
import type { Onboarding, RevenueCustomer } from '../revenue/customer.ts';

/**
 * Puts the lines of a stream together to customers, one after another. The stream is in the order of
 * customer_id, so only the lines of one customer stand in memory besides the batch.
 */
export async function* revenueCustomers(
  batches: AsyncIterable<Batch>,
): AsyncGenerator<readonly RevenueCustomer[]> {
  let open: OpenCustomer | null = null;
  for await (const { columns, rowCount } of batches) {
    const whole: RevenueCustomer[] = [];
    const read = rowReader(columns);
    for (let row = 0; row < rowCount; row += 1) {
      const customerId = read.text('customer_id', row) as string;
      if (open === null || open.customerId !== customerId) {
        if (open !== null) whole.push(closed(open));
        open = opened(customerId, read, row);
      }
      addLine(open, read, row);
    }
    yield whole;
  }
  if (open !== null) yield [closed(open)];
}

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
  };
};

interface OpenCustomer extends Omit<RevenueCustomer, 'onboarding' | 'concessionsWithoutPlan'> {
  readonly lines: ContractLine[];
  readonly accounts: Map<string, AboutAccount>;
}

interface AboutAccount {
  readonly due: number;
  readonly overdue: number;
  readonly onTime: number;
  readonly concessions: number;
}

const opened = (customerId: string, { text }: Reader, row: number): OpenCustomer => ({
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

function addLine({ lines, accounts }: OpenCustomer, { text, number }: Reader, row: number): void {
  const accountId = text('account_id', row) as string;
  lines.push({
    contractId: text('contract_id', row) as string,
    accountId,
    product: text('product', row),
    currency: text('currency', row) as string,
    start: number('start_day', row) as number,
    end: number('end_day', row) as number,
    annual: number('annual', row) ?? 0,
    growth: number('growth', row) ?? 1,
    cancelledOn: number('cancelled_day', row),
    cancelKnownOn: number('cancel_known_day', row),
    renewalStart: number('renewal_start_day', row),
  });
  if (accounts.has(accountId)) return;
  accounts.set(accountId, {
    due: number('milestones_due', row) ?? 0,
    overdue: number('milestones_overdue', row) ?? 0,
    onTime: number('milestones_on_time', row) ?? 0,
    concessions: number('concessions_without_plan', row) ?? 0,
  });
}

function closed({ accounts, ...customer }: OpenCustomer): RevenueCustomer {
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
