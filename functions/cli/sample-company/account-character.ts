/** What kind of customer an account is, before and after its turn for the worse, if it has one. */
export type CharacterName =
  | 'steady'
  | 'growing'
  | 'seasonal'
  | 'coasting'
  | 'wobbling'
  | 'stalled'
  | 'fading'
  | 'champion-left'
  | 'support-trouble'
  | 'budget-cut';

export interface Character {
  /** Active users on a working day for each paid seat, while all is well. */
  readonly useRatio: readonly [number, number];
  /** The answer to an NPS question to be expected. */
  readonly mood: number;
  /** Tickets against the usual number of the segment. */
  readonly tickets: number;
  /** How strained the relation is, from 0 to 1. */
  readonly strain: number;
  /** Evenly spaced quantiles of the change of seats at a renewal. */
  readonly renewalGrowth: readonly number[];
  /** Chance of a purchase within a year of contract, and its size against the seats held. */
  readonly addOnChance: number;
  readonly addOnShare: readonly [number, number];
  readonly turn?: Turn;
}

interface Turn {
  /** How long the fall takes, in days. */
  readonly fallDays: number;
  /** How long before today (or before leaving) it begins, in days. */
  readonly beforeToday: readonly [number, number];
  readonly beforeLeaving: readonly [number, number];
  /** What remains of usage when the fall is over. */
  readonly useLeft: readonly [number, number];
  readonly mood: number;
  readonly tickets: number;
  readonly strain: number;
}

const usualGrowth = [0.88, 1, 1.02, 1.05, 1.08, 1.12, 1.16, 1.22, 1.35];
const weakGrowth = [0.6, 0.75, 0.88, 0.95, 1, 1, 1.05];

/** Seats at the renewal of a customer who has already turned. */
export const growthAfterTurn = [0.55, 0.65, 0.75, 0.85, 0.95, 1, 1];

export const characters: Readonly<Record<CharacterName, Character>> = {
  steady: {
    useRatio: [0.62, 0.9],
    mood: 8.3,
    tickets: 1,
    strain: 0,
    renewalGrowth: usualGrowth,
    addOnChance: 0.4,
    addOnShare: [0.08, 0.24],
  },
  growing: {
    useRatio: [0.78, 1.04],
    mood: 8.9,
    tickets: 1.1,
    strain: 0,
    renewalGrowth: [1, 1.1, 1.2, 1.3, 1.4, 1.7],
    addOnChance: 0.95,
    addOnShare: [0.12, 0.38],
  },
  seasonal: {
    useRatio: [0.66, 0.9],
    mood: 8.2,
    tickets: 0.9,
    strain: 0.05,
    renewalGrowth: usualGrowth,
    addOnChance: 0.12,
    addOnShare: [0.08, 0.2],
  },
  coasting: {
    useRatio: [0.3, 0.5],
    mood: 7,
    tickets: 0.9,
    strain: 0.45,
    renewalGrowth: weakGrowth,
    addOnChance: 0.05,
    addOnShare: [0.05, 0.15],
  },
  wobbling: {
    useRatio: [0.58, 0.82],
    mood: 7.9,
    tickets: 1.1,
    strain: 0.05,
    renewalGrowth: usualGrowth,
    addOnChance: 0.1,
    addOnShare: [0.05, 0.2],
    turn: {
      fallDays: 25,
      beforeToday: [25, 75],
      beforeLeaving: [90, 150],
      useLeft: [0.62, 0.8],
      mood: 6.8,
      tickets: 1.5,
      strain: 0.4,
    },
  },
  stalled: {
    useRatio: [0.07, 0.24],
    mood: 5.9,
    tickets: 0.7,
    strain: 0.9,
    renewalGrowth: [0.4, 0.6, 0.72, 0.85, 0.95, 1],
    addOnChance: 0,
    addOnShare: [0, 0],
  },
  fading: {
    useRatio: [0.58, 0.84],
    mood: 7.8,
    tickets: 1,
    strain: 0.1,
    renewalGrowth: usualGrowth,
    addOnChance: 0.06,
    addOnShare: [0.05, 0.2],
    turn: {
      fallDays: 120,
      beforeToday: [80, 230],
      beforeLeaving: [150, 280],
      useLeft: [0.05, 0.3],
      mood: 4.2,
      tickets: 1.3,
      strain: 1,
    },
  },
  'champion-left': {
    useRatio: [0.6, 0.88],
    mood: 8.2,
    tickets: 0.9,
    strain: 0.05,
    renewalGrowth: usualGrowth,
    addOnChance: 0.12,
    addOnShare: [0.05, 0.25],
    turn: {
      fallDays: 28,
      beforeToday: [25, 120],
      beforeLeaving: [80, 210],
      useLeft: [0.06, 0.35],
      mood: 5,
      tickets: 0.7,
      strain: 0.9,
    },
  },
  'support-trouble': {
    useRatio: [0.58, 0.84],
    mood: 7.6,
    tickets: 1.3,
    strain: 0.1,
    renewalGrowth: usualGrowth,
    addOnChance: 0.08,
    addOnShare: [0.05, 0.2],
    turn: {
      fallDays: 60,
      beforeToday: [50, 180],
      beforeLeaving: [120, 240],
      useLeft: [0.25, 0.6],
      mood: 3.3,
      tickets: 5,
      strain: 0.8,
    },
  },
  'budget-cut': {
    useRatio: [0.55, 0.85],
    mood: 7.8,
    tickets: 0.9,
    strain: 0.5,
    renewalGrowth: weakGrowth,
    addOnChance: 0.03,
    addOnShare: [0.05, 0.1],
  },
};
