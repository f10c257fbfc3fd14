import { formatMoney } from '../../../basics/money.ts';
import { grouped, plural } from '../../../basics/text.ts';
import { accountRow, columns } from '../account-row.ts';
import { unpackAccounts } from '../unpack.ts';
import { accountsOf, firstView, type SortKey, type View } from '../view.ts';
import { startDetail } from './detail.ts';
import { element, type PageData, read } from './elements.ts';
import { fillFilters, filters } from './filters.ts';
import { startTheme } from './theme.ts';

startTheme();
// A page without accounts has a theme to switch and nothing else.
if (document.getElementById('page-data') !== null) startAccounts(read<PageData>('page-data'));

/** Takes over the rows that stand in the page: the same, and more of them on demand. */
function startAccounts(data: PageData): void {
  const accounts = unpackAccounts(data);
  const context = { asOf: data.asOf, currency: data.currency, opens: true };
  const rows = element('rows', HTMLTableSectionElement);
  const more = element('more', HTMLButtonElement);
  let view: View = firstView;
  let chosen = accounts;
  let drawn = 0;

  const drawMore = (): void => {
    const next = chosen.slice(drawn, drawn + data.atOnce);
    // The tag `html` has escaped whatever is not ours.
    const markup = next.map((account) => accountRow(account, context).markup).join('');
    rows.insertAdjacentHTML('beforeend', markup);
    drawn += next.length;
    more.hidden = drawn >= chosen.length;
    more.textContent = `Show ${Math.min(data.atOnce, chosen.length - drawn)} more`;
    tell();
  };
  const tell = (): void => {
    const arr = chosen.reduce((sum, { arrCents }) => sum + arrCents, 0);
    const which =
      chosen.length === accounts.length
        ? plural(accounts.length, 'account')
        : `${grouped(chosen.length)} of ${plural(accounts.length, 'account')}`;
    const part = drawn < chosen.length ? `, first ${grouped(drawn)} shown` : '';
    element('shown', HTMLElement).textContent =
      `${which}, ${formatMoney(arr, data.currency)} ARR${part}`;
  };
  const show = (change: Partial<View>): void => {
    view = { ...view, ...change };
    chosen = accountsOf(accounts, view);
    drawn = 0;
    rows.textContent = '';
    if (chosen.length === 0) rows.innerHTML = NOTHING;
    drawMore();
    markSort(view);
    element('clear', HTMLButtonElement).hidden = isAsAtFirst(view);
  };

  fillFilters(accounts, show);
  startSorting(() => view, show);
  element('clear', HTMLButtonElement).addEventListener('click', () => {
    clearTools();
    show(firstView);
    element('query', HTMLInputElement).focus();
  });
  more.addEventListener('click', () => {
    const first = drawn;
    drawMore();
    rows.rows[first]?.querySelector<HTMLElement>('button')?.focus();
  });
  startDetail(accounts, data);
  element('tools', HTMLElement).hidden = false;
  show({});
}

const NOTHING = `<tr role="row"><td role="cell" class="nothing" colspan="${columns.length}">No account matches.</td></tr>`;

function startSorting(viewNow: () => View, show: (change: Partial<View>) => void): void {
  for (const { key, beginsDown } of columns) {
    const head = document.querySelector(`[data-sort="${key}"]`);
    if (head === null) continue;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener('click', () => {
      const { sort, isDown } = viewNow();
      show({ sort: key, isDown: sort === key ? !isDown : beginsDown });
    });
  }
  const select = element('sort', HTMLSelectElement);
  select.addEventListener('change', () => {
    const sort = select.value as SortKey;
    show({ sort, isDown: columns.find(({ key }) => key === sort)?.beginsDown ?? false });
  });
}

function markSort({ sort, isDown }: View): void {
  for (const head of document.querySelectorAll<HTMLElement>('[data-sort]')) {
    if (head.dataset.sort === sort) head.ariaSort = isDown ? 'descending' : 'ascending';
    else head.removeAttribute('aria-sort');
  }
  element('sort', HTMLSelectElement).value = sort;
}

function clearTools(): void {
  element('query', HTMLInputElement).value = '';
  element('flagged', HTMLInputElement).checked = false;
  for (const { key } of filters) element(`by-${key}`, HTMLSelectElement).value = '';
}

function isAsAtFirst(view: View): boolean {
  return (Object.keys(firstView) as (keyof View)[]).every((key) => view[key] === firstView[key]);
}
