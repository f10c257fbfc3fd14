import type { AccountLine } from './report.ts';

/** What the reader asked to see. Null lets everything through. */
export interface View {
  readonly query: string;
  readonly band: string | null;
  readonly segment: string | null;
  readonly owner: string | null;
  readonly lifecycle: string | null;
  readonly isFlagged: boolean;
  readonly sort: SortKey;
  readonly isDown: boolean;
}

export type SortKey = keyof typeof keys | 'stake';

/** What the page opens with: all accounts, most at stake first. */
export const firstView: View = {
  ...{ query: '', band: null, segment: null, owner: null, lifecycle: null, isFlagged: false },
  ...{ sort: 'stake', isDown: false },
};

/** By what a column sorts; null is what is not known. */
const keys = {
  account: (account) => account.name ?? account.accountId,
  segment: ({ segment }) => segment,
  lifecycle: ({ lifecycle }) => lifecycle,
  arr: ({ arrCents }) => arrCents,
  health: ({ score }) => score,
  change: ({ change28 }) => change28,
  renewal: ({ renewalOn }) => renewalOn,
  driver: ({ driver }) => driver,
  flags: ({ flags }) => flags.length,
  owner: (account) => ownerOf(account),
} satisfies Record<string, (account: AccountLine) => string | number | null>;

/** Whom an account belongs to, as the owner filter lists them. */
export const ownerOf = ({ ownerName, ownerEmail }: AccountLine): string | null =>
  ownerName ?? ownerEmail;

/**
 * The accounts of a view in its order. They are given most at stake first, and so stand those that
 * are alike. What is not known comes last in both directions: it is neither high nor low.
 */
export const accountsOf = <Line extends AccountLine>(
  accounts: readonly Line[],
  view: View,
): Line[] => {
  const words = folded(view.query).split(/\s+/).filter(Boolean);
  const chosen = accounts.filter((account) => isChosen(account, view, words));
  if (view.sort === 'stake') return chosen;
  const key: (account: AccountLine) => string | number | null = keys[view.sort];
  const sign = view.isDown ? -1 : 1;
  const keyed = chosen.map((account) => ({ account, key: key(account) }));
  return keyed.sort((a, b) => ordered(a.key, b.key, sign)).map(({ account }) => account);
};

/** Text as it is searched: small letters, without accents. */
export const folded = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

function isChosen(account: AccountLine, view: View, words: readonly string[]): boolean {
  return (
    (view.band === null || account.band === view.band) &&
    (view.segment === null || account.segment === view.segment) &&
    (view.owner === null || ownerOf(account) === view.owner) &&
    (view.lifecycle === null || account.lifecycle === view.lifecycle) &&
    (!view.isFlagged || account.flags.length > 0) &&
    (words.length === 0 || holds(searched(account), words))
  );
}

function holds(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}

/** Each account is folded once: a reader types letter by letter. */
const searchedTexts = new WeakMap<AccountLine, string>();

function searched(account: AccountLine): string {
  const known = searchedTexts.get(account);
  if (known !== undefined) return known;
  const { name, accountId, ownerName, ownerEmail, region, driver, segment } = account;
  const texts = [
    name,
    accountId,
    ownerName,
    ownerEmail,
    region,
    segment,
    driver?.replaceAll('_', ' '),
  ];
  const text = folded(texts.filter(Boolean).join(' '));
  searchedTexts.set(account, text);
  return text;
}

const collator = new Intl.Collator('en', { numeric: true });

function ordered(a: string | number | null, b: string | number | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
  return sign * collator.compare(`${a}`, `${b}`);
}
