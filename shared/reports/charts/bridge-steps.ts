import type { Day } from '../../basics/day.ts';
import type { Cents } from '../../basics/money.ts';

/** ARR from one day to another. Losses are negative, as in the tables of results. */
export interface Bridge {
  readonly from?: Day;
  readonly to?: Day;
  readonly opening: Cents;
  readonly newBusiness: Cents;
  readonly reactivation?: Cents;
  readonly expansion: Cents;
  readonly escalator?: Cents;
  readonly contraction: Cents;
  readonly churn: Cents;
  readonly fx?: Cents;
  readonly closing: Cents;
}

/** A bar: from one level of ARR to another. */
export interface Step {
  readonly name: string;
  readonly kind: 'total' | 'movement';
  readonly from: Cents;
  readonly to: Cents;
  /** Of a total what it is, of a movement what it adds. */
  readonly amount: Cents;
}

/**
 * The bars of a bridge in order. What is rare is left out where it is nothing, and whatever the
 * movements do not explain stands as a bar of its own: the picture always adds up.
 */
export const bridgeSteps = (bridge: Bridge): readonly Step[] => {
  const { opening, closing, reactivation = 0, escalator = 0, fx = 0 } = bridge;
  const movements: [name: string, amount: Cents, isRare: boolean][] = [
    ['New', bridge.newBusiness, false],
    ['Won back', reactivation, true],
    ['Expansion', bridge.expansion, false],
    ['Uplift', escalator, true],
    ['Contraction', bridge.contraction, false],
    ['Churn', bridge.churn, false],
    ['Currency', fx, true],
  ];
  const sum = movements.reduce((total, [, amount]) => total + amount, opening);
  movements.push(['Other', closing - sum, true]);

  const steps: Step[] = [{ name: 'Opening', kind: 'total', from: 0, to: opening, amount: opening }];
  let level = opening;
  for (const [name, amount, isRare] of movements) {
    if (isRare && amount === 0) continue;
    steps.push({ name, kind: 'movement', from: level, to: level + amount, amount });
    level += amount;
  }
  steps.push({ name: 'Closing', kind: 'total', from: 0, to: closing, amount: closing });
  return steps;
};
