import { accountDetail } from '../account-detail.ts';
import type { PackedReceipts } from '../packed.ts';
import type { AccountLine } from '../report.ts';
import { unpackReceipt } from '../unpack.ts';
import { element, type PageData, read } from './elements.ts';

/** Opens what is known of an account, from its row or from any list that names it. */
export const startDetail = (accounts: readonly AccountLine[], data: PageData): void => {
  const places = new Map(accounts.map(({ accountId }, place) => [accountId, place]));
  const dialog = element('detail', HTMLDialogElement);
  const body = element('detail-body', HTMLElement);
  let receipts: PackedReceipts | null = null;

  const open = (accountId: string): void => {
    const place = places.get(accountId);
    const account = accounts[place ?? -1];
    if (place === undefined || account === undefined) return;
    // Most readers open a few receipts or none, so they are read when the first is asked for.
    receipts ??= read<PackedReceipts>('receipt-data');
    const { asOf, currency, questions } = data;
    const receipt = unpackReceipt(receipts, place);
    body.innerHTML = accountDetail({ account, receipt, questions, asOf, currency }).markup;
    dialog.showModal();
    dialog.scrollTop = 0;
    element('detail-title', HTMLElement).focus();
  };

  for (const name of document.querySelectorAll<HTMLElement>('[data-opens]')) {
    if (places.has(name.dataset.opens ?? '')) name.replaceWith(buttonOf(name));
  }
  document.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element)) return;
    const button = target.closest('button.open');
    const named = button?.closest<HTMLElement>('[data-opens],[data-account]');
    const { opens, account } = named?.dataset ?? {};
    const accountId = opens ?? account;
    if (accountId !== undefined) open(accountId);
  });
  // A click beside the dialog closes it: there the dialog itself is the target.
  dialog.addEventListener('click', ({ target, clientX }) => {
    if (target === dialog && clientX < dialog.getBoundingClientRect().left) dialog.close();
  });
  element('detail-close', HTMLButtonElement).addEventListener('click', () => dialog.close());
};

function buttonOf(name: HTMLElement): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'open';
  button.dataset.opens = name.dataset.opens;
  button.ariaHasPopup = 'dialog';
  button.append(...name.childNodes);
  return button;
}
