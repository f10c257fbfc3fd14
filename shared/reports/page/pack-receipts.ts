import { type Dictionary, LONGEST_EVIDENCE, newDictionary, plain } from './dictionary.ts';
import { HOLE, type PackedReceipts } from './packed.ts';
import type { PageAccount, ReceiptLine } from './report.ts';

/** Characters of receipts a page holds; with more a telephone takes seconds to open it. */
const MOST_RECEIPT_CHARACTERS = 10_000_000;

/** Receipts for as many accounts as there is room for, the first ones first. */
export const packReceipts = (
  accounts: readonly PageAccount[],
  mostCharacters = MOST_RECEIPT_CHARACTERS,
): PackedReceipts => {
  const dictionary = newDictionary();
  const shapes = new Map<string, number>();
  let characters = 0;
  const receipts = accounts.map(({ receipt }) => {
    if (receipt === null || characters > mostCharacters) return null;
    const known = dictionary.characters();
    const packed = packedReceipt(receipt, dictionary, shapes);
    characters += JSON.stringify(packed).length + dictionary.characters() - known;
    return packed;
  });
  return {
    texts: dictionary.texts,
    shapes: [...shapes.keys()].map((key) => JSON.parse(key)),
    receipts,
  };
};

/** Pushed into one list, since it is done for hundreds of thousands of lines. */
function packedReceipt(
  lines: readonly ReceiptLine[],
  { place, put }: Dictionary,
  shapes: Map<string, number>,
): (number | null)[] {
  const key = `[${lines.map(({ measure, weight }) => `${place(measure)},${weight}`).join()}]`;
  const shape = shapes.get(key) ?? shapes.size;
  shapes.set(key, shape);
  const packed: (number | null)[] = [shape];
  const write = (text: string | null): void => {
    const at = packed.push(0) - 1;
    if (text === null) return;
    const withHoles = plain(text, LONGEST_EVIDENCE).replace(WHOLE_NUMBER, (digits) => {
      packed.push(Number(digits));
      return HOLE;
    });
    packed[at] = put(withHoles);
  };
  for (const { value, points, contribution, reason } of lines) {
    write(value);
    packed.push(points, contribution);
    write(reason);
  }
  return packed;
}

/** Only what reads the same when it is written out again: no leading zeros, no 16 digits. */
const WHOLE_NUMBER = /(?<!\d)(?:0|[1-9]\d{0,14})(?!\d)/g;
