import type { RiskPolicy } from '../config/risk.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { OpenTables } from '../publish/publication.ts';
import { alertTally } from '../risk/alert-budget.ts';
import { besideFlags } from './beside-flags.ts';
import type { RiskCounted } from './risk-desk.ts';
import { alertBudgetRow, writeFlagAlert } from './risk-rows.ts';
import type { riskTables } from './score-tables.ts';

/** What the run found of flags, for its manifest. */
export interface RiskSummary {
  readonly openFlags: number;
  /** Of them, those whose play should have been done by now. */
  readonly overdue: number;
  /** Of them, those shown to an owner. */
  readonly shown: number;
}

/** Adds up what was counted of flags over the ranges of a run, and says in the end who is shown what. */
export const riskTally = (policy: RiskPolicy) => {
  const alerts = alertTally(policy);
  let openFlags = 0;
  let overdue = 0;
  let rows = 0;

  return {
    /** Adds what was counted of the accounts that come next. */
    absorb(counted: RiskCounted): void {
      alerts.absorb(counted.alerts, rows);
      rows += counted.rows;
      openFlags += counted.openFlags;
      overdue += counted.overdue;
    },
    async finish(
      heldByGuard: string | null,
      open: Pick<OpenTables<typeof riskTables>, 'riskFlags' | 'flagAlerts' | 'alertBudget'>,
      store: ObjectStore,
    ): Promise<RiskSummary> {
      const { alerts: decided, budgets } = alerts.finish({ heldByGuard });
      const { path } = await open.riskFlags.end();
      await besideFlags(store, path, decided, (alert, flags, row) =>
        writeFlagAlert(open.flagAlerts, alert, flags, row),
      );
      for (const owner of budgets) open.alertBudget.add(alertBudgetRow(owner));
      return { openFlags, overdue, shown: budgets.reduce((sum, { shown }) => sum + shown, 0) };
    },
  };
};
