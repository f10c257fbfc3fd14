import { grouped } from '../../../basics/text.ts';
import type { AccountLine } from '../report.ts';
import { ownerOf, type View } from '../view.ts';
import { element } from './elements.ts';

/** The lists to choose from, and what each holds of an account. */
export const filters: readonly {
  readonly key: 'band' | 'segment' | 'lifecycle' | 'owner';
  readonly of: (account: AccountLine) => string | null;
}[] = [
  { key: 'band', of: ({ band }) => band },
  { key: 'segment', of: ({ segment }) => segment },
  { key: 'lifecycle', of: ({ lifecycle }) => lifecycle },
  { key: 'owner', of: ownerOf },
];

const BANDS = ['red', 'yellow', 'green', 'unscored'];

/** Fills the lists with what there is, and how many of each, and listens to them. */
export const fillFilters = (
  accounts: readonly AccountLine[],
  show: (change: Partial<View>) => void,
): void => {
  for (const { key, of } of filters) {
    const select = element(`by-${key}`, HTMLSelectElement);
    const counts = new Map<string, number>();
    for (const account of accounts) {
      const value = of(account);
      if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const values = [...counts.keys()].sort(key === 'band' ? byBand : byName.compare);
    select.append(...values.map((value) => optionOf(value, counts.get(value) ?? 0)));
    select.addEventListener('change', () => show({ [key]: select.value || null }));
  }
  const query = element('query', HTMLInputElement);
  query.addEventListener('input', () => show({ query: query.value }));
  const flagged = element('flagged', HTMLInputElement);
  flagged.addEventListener('change', () => show({ isFlagged: flagged.checked }));
};

const byName = new Intl.Collator('en', { numeric: true });
const byBand = (a: string, b: string): number => BANDS.indexOf(a) - BANDS.indexOf(b);

function optionOf(value: string, count: number): HTMLOptionElement {
  const words = BANDS.includes(value) ? `${value.charAt(0).toUpperCase()}${value.slice(1)}` : value;
  return new Option(`${words} (${grouped(count)})`, value);
}
