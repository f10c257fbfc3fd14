import { addDays, type Day } from '../basics/day.ts';
import type { Config } from '../config/schema.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { isInDoubt } from '../reports/digest-totals.ts';
import type { Focus, WeeklyFigures } from '../reports/weekly/figures.ts';
import { type CsmDesk, csmDesk } from './csm-desk.ts';
import { movedSince } from './csm-moved.ts';
import { accountInto, alertsInto, playInto, renewalInto } from './csm-rows.ts';
import type { JobInput } from './job.ts';
import { weeklyCaveats } from './weekly-caveats.ts';
import type { WeeklyDays } from './weekly-days.ts';
import { weeklyHealth } from './weekly-health.ts';
import { type PageShelf, pageShelf } from './weekly-page.ts';
import { isOpen, weeklyRenewals } from './weekly-renewals.ts';
import { weeklyRevenue } from './weekly-revenue.ts';
import { weeklyRisk } from './weekly-risk.ts';
import { type RiskList, riskList } from './weekly-risk-list.ts';

/** All that the mails and the page of a week are made of. */
export interface GatheredWeek {
  readonly week: WeeklyFigures;
  readonly csm: CsmDesk;
  readonly page: PageShelf;
  /** Renewals at risk, for the attachments. */
  readonly risky: RiskList;
}

interface Input extends JobInput {
  readonly days: WeeklyDays;
}

/** A decision so near keeps an account from being left alone. */
const NEAR_DAYS = 120;

/** Walks each published table once, and shows its rows to whoever tells of them. */
export const gatherWeek = async (
  store: ObjectStore,
  { asOf, config, days }: Input,
): Promise<GatheredWeek> => {
  const csm = csmDesk(asOf);
  const page = pageShelf(config.reports.page.accounts);
  const risky = riskList(asOf);
  /** Accounts with a flag, or with a decision that is near: not to be left alone. */
  const busy = new Set<string>();

  const risk = await weeklyRisk(store, days.health, (flag) => {
    if (flag.state === 'cleared') return;
    busy.add(flag.account_id);
    playInto(csm, flag);
  });
  await alertsInto(csm, store, days.health);
  const near = addDays(asOf, NEAR_DAYS);
  const renewals = await weeklyRenewals(store, days.renewals, {
    ...{ asOf, config },
    onLine(line) {
      if (!isOpen(line)) return;
      const isNear = line.decision_on >= asOf && line.decision_on <= near;
      if (line.state === 'late' || isNear) busy.add(line.account_id);
      if (isInDoubt(line.category)) risky.add(line);
      renewalInto(csm, line);
    },
  });
  const moved = await movedSince(store, days.health);
  const health = await weeklyHealth(store, days.health, {
    config,
    critical: risk?.critical ?? new Map(),
    onAccount(row) {
      if (row.arr_cents <= 0) return;
      page.add(row);
      const { account_id: id } = row;
      accountInto(csm, row, { movement: moved.get(id), isBusy: busy.has(id) });
    },
  });
  const revenue = await weeklyRevenue(store, days.revenue);
  const { reporting: currency } = config.currency;
  const week: WeeklyFigures = {
    ...{ company: config.company, asOf, currency },
    ...{ revenue, health, risk: risk?.figures ?? null, renewals },
    decideWithinDays: config.reports.weekly_summary.decide_within_days,
    focus: focusOf(config.reports),
    ...weeklyCaveats(days, asOf),
  };
  return { week, csm, page, risky };
};

const focusOf = ({ focus }: Config['reports']): Focus | null =>
  focus && {
    ...{ lever: focus.lever, owner: focus.owner, measure: focus.measure },
    since: focus.since as Day,
    ...{ fromPoints: focus.from_points, targetPoints: focus.target_points },
  };
