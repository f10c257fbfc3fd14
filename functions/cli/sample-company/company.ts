/** What Harbourline Software sells, to whom and for how much. */
export type Segment = 'Enterprise' | 'Mid-market' | 'SMB';
export type Region = 'North America' | 'EMEA' | 'APAC' | 'LATAM';
export type Currency = 'USD' | 'EUR' | 'GBP';

interface SegmentTrade {
  readonly share: number;
  /** Evenly spaced quantiles of an account's ARR in US dollars. */
  readonly arrUsd: readonly number[];
  /** List price of a seat for a year, in US dollars. */
  readonly seatPriceUsd: readonly [number, number];
  readonly discountPct: readonly number[];
  /** Weights of the terms sold, in months. */
  readonly termMonths: Readonly<Record<string, number>>;
  readonly noticeDays: Readonly<Record<string, number>>;
  readonly autoRenews: number;
  /** Seats are sold in packs of so many. */
  readonly seatPack: number;
}

export const segments: Readonly<Record<Segment, SegmentTrade>> = {
  Enterprise: {
    share: 0.09,
    arrUsd: [150_000, 205_000, 280_000, 390_000, 540_000, 890_000],
    seatPriceUsd: [336, 456],
    discountPct: [0, 5, 10, 12.5, 15, 17.5, 20, 22.5],
    termMonths: { 12: 55, 24: 17, 36: 28 },
    noticeDays: { 30: 10, 60: 35, 90: 55 },
    autoRenews: 0.55,
    seatPack: 25,
  },
  'Mid-market': {
    share: 0.24,
    arrUsd: [25_000, 38_000, 54_000, 74_000, 104_000, 149_000],
    seatPriceUsd: [420, 516],
    discountPct: [0, 0, 0, 5, 5, 7.5, 10, 12.5, 15],
    termMonths: { 12: 76, 24: 15, 36: 9 },
    noticeDays: { 30: 30, 60: 55, 90: 15 },
    autoRenews: 0.7,
    seatPack: 5,
  },
  SMB: {
    share: 0.67,
    arrUsd: [2_000, 5_500, 9_500, 14_000, 18_500, 24_800],
    seatPriceUsd: [540, 660],
    discountPct: [0, 0, 0, 0, 0, 0, 5, 10],
    termMonths: { 12: 95, 24: 5 },
    noticeDays: { 30: 90, 60: 10 },
    autoRenews: 0.9,
    seatPack: 1,
  },
};

/** Share of the accounts with an everyday name; a name from somewhere settles the region. */
export const regionsOfEverydayNames: Readonly<Record<Region, number>> = {
  'North America': 72,
  EMEA: 16,
  APAC: 8,
  LATAM: 4,
};

export const currenciesByRegion: Readonly<Record<Region, Partial<Record<Currency, number>>>> = {
  'North America': { USD: 1 },
  EMEA: { EUR: 52, GBP: 28, USD: 20 },
  APAC: { USD: 1 },
  LATAM: { USD: 1 },
};

/** Around these the rates of the sample's two years move; prices are set with them. */
export const middleRateToUsd: Readonly<Record<Currency, number>> = {
  USD: 1,
  EUR: 1.08,
  GBP: 1.27,
};

export const platformProduct = 'Harbourline Platform';
export const addOnProducts = [
  'Harbourline Insights',
  'Harbourline Connect',
  'Additional seats',
] as const;

export const emailDomain = 'harbourline.example';
