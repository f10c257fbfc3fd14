import { LONGEST_EVIDENCE, LONGEST_TEXT, newDictionary, type Place, plain } from './dictionary.ts';
import type { PackedAccounts, PackedRow } from './packed.ts';
import type { AccountLine } from './report.ts';

/** Flags of one account that are told; more than these is a matter for the table. */
const MOST_FLAGS = 40;
const LONGEST_ID = 200;

/** What the page knows of accounts, without receipts. Texts are made plain and cut here. */
export const packAccounts = (accounts: readonly AccountLine[]): PackedAccounts => {
  const dictionary = newDictionary();
  const rows = accounts.map((account) => packedRow(account, dictionary.place));
  return { texts: dictionary.texts, rows };
};

/** Any other is none that the page has a word for. */
const BANDS = ['green', 'yellow', 'red', 'unscored'];

function packedRow(account: AccountLine, place: Place): PackedRow {
  const { accountId, name, gate, flags } = account;
  return [
    plain(accountId, LONGEST_ID),
    name === null ? null : plain(name, LONGEST_TEXT),
    place(account.segment),
    place(account.ownerName),
    place(account.ownerEmail, 254),
    place(account.region),
    place(account.lifecycle),
    account.arrCents,
    account.score,
    place(BANDS.includes(account.band) ? account.band : 'unscored'),
    account.change28,
    place(account.driver),
    place(account.renewalOn),
    account.coverage,
    gate?.effect ?? null,
    place(gate?.reason ?? null, LONGEST_EVIDENCE),
    place(account.note, LONGEST_EVIDENCE),
    flags
      .slice(0, MOST_FLAGS)
      .flatMap(({ signal, severity, evidence }) => [
        place(signal),
        place(severity),
        place(evidence, LONGEST_EVIDENCE),
      ]),
  ];
}
