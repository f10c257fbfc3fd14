import type { Day } from '../basics/day.ts';
import { plainText } from '../basics/text.ts';
import { csvName } from '../publish/csv-file.ts';
import type { Definitions } from '../publish/run-key.ts';
import type { Table } from '../publish/table.ts';
import { csvFileName } from './data-package.ts';

/** A word of the forecast and what it means. */
export interface Term {
  readonly term: string;
  readonly meaning: string;
}

/** What the forecast means, in words; the job knows them, this room only writes them down. */
export interface ForecastWords {
  readonly currency: string;
  /** How far ahead it looks, such as "terms that end before 1 December 2027". */
  readonly horizon: string;
  /** How expected ARR comes about, in sentences. */
  readonly method: readonly string[];
  /** won, commit, best_case, at_risk and lost. */
  readonly categories: readonly Term[];
  /** Stages of a renewal, as the config has them. */
  readonly stages: readonly Term[];
  /** Where a probability comes from: decided, observed, starting_table. */
  readonly basis: readonly Term[];
}

interface DefinitionsOptions {
  readonly asOf: Day;
  readonly definitions: Definitions;
  readonly words: ForecastWords;
  readonly tables: readonly Table[];
}

/** The definitions that lie beside the figures, for whoever reads them without us at hand. */
export const definitionsText = ({ asOf, definitions, words, tables }: DefinitionsOptions): string =>
  [
    '# Renewal forecast: what the figures mean',
    table([
      { term: 'As of', meaning: asOf },
      { term: 'Currency', meaning: `${words.currency}, exact decimals with two places` },
      { term: 'Definitions', meaning: `${definitions.id}, hash ${definitions.hash}` },
      { term: 'Horizon', meaning: words.horizon },
    ]),
    '## Method',
    ...words.method.map((sentence) => cell(sentence)),
    '## Categories',
    table(words.categories),
    '## Stages',
    table(words.stages),
    '## Where a probability comes from',
    table(words.basis),
    ...tables.flatMap(columnsOf),
    '## How to read the CSVs',
    READING,
    '',
  ].join('\n\n');

const READING = [
  '- UTF-8 without a byte order mark, fields parted by commas, rows by CRLF, one row a line.',
  '- Decimals have a point and no grouping; days are YYYY-MM-DD; flags are true or false.',
  '- An empty field is a value that is not there.',
  '- A text that a spreadsheet would take for a formula has an apostrophe in front.',
  '- Periods and quarters are of the calendar, and go by the day on which a term ends.',
].join('\n');

const columnsOf = (described: Table): string[] => [
  `## ${csvFileName(described)}`,
  `${described.grain[0]?.toUpperCase()}${described.grain.slice(1)}.`,
  table(
    Object.entries(described.columns).map(([name, { kind, meaning }]) => ({
      term: `\`${csvName(name, kind)}\``,
      meaning,
    })),
  ),
];

const table = (terms: readonly Term[]): string =>
  [
    '| | |',
    '|---|---|',
    ...terms.map(({ term, meaning }) => `| ${cell(term)} | ${cell(meaning)} |`),
  ].join('\n');

/** Words of a config are a stranger's: no row and no heading is made of them. */
function cell(text: string): string {
  return plainText(text, 1_000).replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
