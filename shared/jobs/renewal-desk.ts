import { type Day, dayToEpoch } from '../basics/day.ts';
import type { Config } from '../config/schema.ts';
import { domainEvent } from '../events/domain-event.ts';
import type { AccountRow } from '../features/account-row.ts';
import type { Answerable } from '../health/answerable.ts';
import type { OpenTables } from '../publish/publication.ts';
import type { renewalForecast } from '../publish/renewal-tables.ts';
import type { RowOf } from '../publish/table.ts';
import { type Category, type Forecast, forecasterFor } from '../renewals/forecast.ts';
import { forecastTally, quarterOf } from '../renewals/forecast-rollup.ts';
import { type ForecastLine, walkTally } from '../renewals/forecast-walk.ts';
import { hygieneFor } from '../renewals/hygiene.ts';
import { assigned, type Opportunity, opportunityOf } from '../renewals/opportunity.ts';
import type { Rates } from '../renewals/renewal-rates.ts';
import type { Books } from '../revenue/ledger.ts';
import type { SourceState } from '../sources/finding.ts';
import type { SeenRenewal } from './digest-renewals.ts';
import type { FrozenForecasts } from './frozen-forecasts.ts';
import type { PastDay } from './past-days.ts';
import type { PastMilestones } from './past-milestones.ts';
import type { PastForecast, RenewalBeside } from './renewal-beside.ts';
import { countdownDesk } from './renewal-countdown.ts';
import { findingRow, forecastRow } from './renewal-rows.ts';
import type { NearRenewal } from './renewal-stream.ts';
import type { renewalTables } from './renewal-tables.ts';

export type ForecastRow = RowOf<typeof renewalForecast>;

interface Desk {
  readonly asOf: Day;
  readonly config: Config;
  readonly states: readonly SourceState[];
  readonly answerable: Answerable;
  readonly books: Books;
  readonly near: ReadonlyMap<string, readonly NearRenewal[]>;
  readonly rates: Rates;
  readonly frozen: FrozenForecasts;
  readonly beside: RenewalBeside;
  readonly milestones: PastMilestones;
  readonly lastRun: PastDay | null;
  /** The last run where its forecast can be compared with this one. */
  readonly forecastBefore: PastDay | null;
  readonly health: PastDay | null;
  /** Is shown every renewal with all that was written of it. */
  readonly onRenewal: (seen: SeenRenewal) => void;
}

/** Says of one account after the other what its renewals need and what they will bring. */
export const renewalDesk = (desk: Desk, open: OpenTables<typeof renewalTables>) => {
  const { asOf, near, beside, milestones } = desk;
  const today = dayToEpoch(asOf);
  const quarter = quarterOf(asOf);
  const tallies = {
    forecast: forecastTally(),
    walk: walkTally(quarter),
    sinceLastRun: walkTally(quarter),
    milestonesReached: 0,
    findings: 0,
    disagreements: 0,
  };
  const targets = new Map(desk.config.segments.map(({ id, targets: { grr } }) => [id, grr]));
  const forecast = forecasting(desk, today);
  const prepare = countdownDesk(desk, open, tallies);

  return {
    tallies,

    judge(account: AccountRow): void {
      const { accountId } = account;
      const then = beside.weekAgo.of(accountId, (past) => tallies.walk.add(past, null));
      const before = beside.lastRun.of(accountId, (past) => tallies.sinceLastRun.add(past, null));
      const mine = near.get(accountId) ?? [];
      if (mine.length + then.size + before.size === 0) return;
      const told = beside.opportunities(accountId);
      const deals = assigned(told, mine.filter(isUndecided).map(termOf));
      const hasUnnamed = told.some(isUnnamed);
      const band = beside.band(accountId);
      for (const renewal of [...mine].sort(byId)) {
        const { row } = renewal;
        const past = before.get(row.renewal_id);
        const opportunity = opportunityOf(termOf(renewal), deals);
        const found = forecast(renewal, { opportunity, band, past, hasUnnamed });
        const prepared = prepare(account, renewal, milestones.take(row.renewal_id));
        const line = found === null ? null : write(renewal, found, past);
        const written = line && lineOf(line);
        const { managerEmail } = account;
        const findings = found?.findings ?? [];
        desk.onRenewal({ row, managerEmail, ...prepared, forecast: line, findings });
        tallies.walk.add(then.get(row.renewal_id) ?? null, written);
        tallies.sinceLastRun.add(past ?? null, written);
        then.delete(row.renewal_id);
        before.delete(row.renewal_id);
      }
      for (const past of then.values()) tallies.walk.add(past, null);
      for (const past of before.values()) tallies.sinceLastRun.add(past, null);
    },

    /** Ends the stream: what earlier runs knew of renewals and accounts that are not there today. */
    async finish(): Promise<void> {
      await beside.weekAgo.rest((past) => tallies.walk.add(past, null));
      await beside.lastRun.rest((past) => tallies.sinceLastRun.add(past, null));
      for await (const row of milestones.rest(asOf)) open.renewalMilestones.add(row);
    },
  };

  function write(
    { row }: NearRenewal,
    { forecast: found, ...about }: Judged,
    past: PastForecast | undefined,
  ): ForecastRow {
    const line = forecastRow(row, found, { ...about, healthOn: desk.health?.asOf ?? null });
    open.renewalForecast.add(line);
    const { category, expected, upsell, probability } = found;
    tallies.forecast.add({
      ...{ category, expected, upsell, probability, due: row.due_arr_cents },
      ...{ dueOn: row.due_on as Day, segment: row.segment, ownerEmail: row.owner_email },
      ...{ region: row.region, product: row.product },
      target: Math.round(row.due_arr_cents * (targets.get(row.segment) ?? 1)),
    });
    if (found.disagreement !== null) tallies.disagreements += 1;
    for (const finding of about.findings) {
      tallies.findings += 1;
      open.renewalFindings.add(findingRow(row, finding, about.opportunity));
    }
    if (row.state === 'open') desk.frozen.freeze(freezable(line));
    if (desk.forecastBefore !== null && category === 'at_risk' && past?.category !== 'at_risk') {
      open.renewalEvents.add(atRiskEvent(asOf, line, past));
    }
    return line;
  }
};

const lineOf = ({ quarter, expected_cents, category }: ForecastRow): ForecastLine => ({
  ...{ quarter, expected: expected_cents, category: category as Category },
});

const byId = (a: NearRenewal, b: NearRenewal): number =>
  a.row.renewal_id < b.row.renewal_id ? -1 : 1;

const isUndecided = ({ row }: NearRenewal): boolean => row.state === 'open' || row.state === 'late';

/** An open opportunity of the account as a whole: it may be meant for several renewals. */
const isUnnamed = ({ contractId, outcome }: Opportunity): boolean =>
  contractId === null && outcome === null;

const termOf = ({ row, start, end }: NearRenewal) => ({ contractId: row.contract_id, start, end });

interface Judged {
  readonly forecast: Forecast;
  readonly band: string;
  readonly stageSince: number | null;
  readonly opportunity: Opportunity | null;
  readonly findings: ReturnType<ReturnType<typeof hygieneFor>>;
}

/** The forecast of a renewal with its record; null where it is not within the horizon. */
function forecasting({ config, states, books, rates }: Desk, today: number) {
  const policy = config.renewals;
  const currency = config.currency.reporting;
  const deals = states.find(({ id }) => id === 'opportunities');
  const check = hygieneFor({
    ...{ policy, currency, asOf: today, hasOpportunities: (deals?.sql ?? null) !== null },
    hasNextStep: deals?.mappedColumns.has('next_step') ?? false,
  });
  const forecastOf = forecasterFor(policy, rates, today);
  const inCents = ({ amount, currency: named }: Opportunity): number | null => {
    const rate = books.rates.rateIfAny(named ?? currency, books.calendar.today);
    return amount === null || rate === null ? null : Math.round(amount * rate * 100);
  };

  return (
    { row, standing, due: dueOn, clock, autoRenew }: NearRenewal,
    { opportunity, band, past, hasUnnamed }: Beside,
  ): Judged | null => {
    if (row.state === 'amended' || dueOn > today + policy.forecast.horizon_days) return null;
    const { segment, due_arr_cents: due, renewed_arr_cents: renewed } = row;
    const forecast = forecastOf({ standing, segment, band, due, renewed, opportunity });
    const { stage } = forecast;
    const since = past?.stage === stage ? (past.stageSince ?? today) : today;
    const stageSince = opportunity?.outcome === null ? (opportunity.stageSince ?? since) : null;
    const amount = opportunity === null || hasUnnamed ? null : inCents(opportunity);
    const record = { standing, clock, autoRenew, due, opportunity, amount, stage, stageSince };
    const findings = check({ ...record, isToldElsewhere: hasUnnamed });
    return { forecast, band, stageSince, opportunity, findings };
  };
}

interface Beside {
  readonly opportunity: Opportunity | null;
  readonly band: Parameters<ReturnType<typeof forecasterFor>>[0]['band'];
  readonly past: PastForecast | undefined;
  /** The account has an open opportunity that names no contract. */
  readonly hasUnnamed: boolean;
}

const freezable = (line: ForecastRow) => ({
  renewal_id: line.renewal_id,
  contract_id: line.contract_id,
  due_on: line.due_on,
  segment: line.segment,
  owner_email: line.owner_email,
  band: line.band,
  horizon: line.horizon,
  category: line.category,
  basis: line.basis,
  probability: line.probability,
  due_arr_cents: line.due_arr_cents,
  expected_cents: line.expected_cents,
});

const atRiskEvent = (asOf: Day, line: ForecastRow, past: PastForecast | undefined) =>
  domainEvent(
    'RenewalAtRisk',
    { asOf, subject: line.renewal_id },
    {
      renewalId: line.renewal_id,
      accountId: line.account_id,
      from: past?.category ?? null,
      category: 'at_risk',
      probability: line.probability,
      because: line.because,
      arrCents: line.due_arr_cents,
      currency: line.currency,
      dueOn: line.due_on as Day,
      segment: line.segment,
      ownerEmail: line.owner_email,
    },
  );
