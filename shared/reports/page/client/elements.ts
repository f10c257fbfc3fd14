import type { Day } from '../../../basics/day.ts';
import type { PackedAccounts } from '../packed.ts';

/** What the page carries for its script. */
export interface PageData extends PackedAccounts {
  readonly asOf: Day;
  readonly currency: string;
  readonly questions: Readonly<Record<string, string>>;
  readonly atOnce: number;
}

/** An element that the page always has. */
export const element = <Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind => {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${kind.name} "${id}"`);
  return found;
};

/** The data of a block; what is in it was written with the script that reads it. */
export const read = <Data>(id: string): Data =>
  JSON.parse(document.getElementById(id)?.textContent ?? 'null');
