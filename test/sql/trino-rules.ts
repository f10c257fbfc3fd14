import { TrinoSQL } from 'dt-sql-parser/dist/parser/trino/index.js';

/** What both engines parse, but do not mean alike, or what only one of them has. */
const AVOID: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['AT TIME ZONE', /\bAT TIME ZONE\b/i],
  ['regular expressions', /\bregexp_\w+/i],
  ['approximations', /\bapprox_\w+/i],
  ['QUALIFY', /\bQUALIFY\b/i],
  ['IGNORE NULLS', /\bIGNORE NULLS\b/i],
  ['date_add', /\bdate_add\b/i],
  ['date_format', /\bdate_format\b/i],
  ['JSON', /\bjson_\w+/i],
  ['element_at', /\belement_at\b/i],
  ['cardinality', /\bcardinality\b/i],
  ['a cast that only DuckDB has', /::/],
  ['a type that only DuckDB has', /\b(?:HUGEINT|UBIGINT|UINTEGER|STRING|TEXT|DATETIME)\b/],
  ['GROUP BY ALL and its like', /\b(?:GROUP|ORDER) BY ALL\b/i],
  ['EXCLUDE and REPLACE', /\*\s*(?:EXCLUDE|REPLACE)\b/i],
  // Trino takes it for a row that holds a row, and refuses to compare.
  ['a row looked for in a subquery', /\bIN\s*\(\s*SELECT\s*\(/i],
  // 0.5 is a DECIMAL to Trino and divides like one; 0.5E0 is a DOUBLE to both.
  ['a decimal literal', /(?<![\w.])\d+\.\d+(?![\w.])/],
  ['a division of what is not DOUBLE', /\/(?!\s*(?:\d+(?:\.\d+)?E\d+|NULLIF\())/],
];

const trino = new TrinoSQL();

/** What Trino would stumble over in a query, in words; empty where all is well. */
export const trinoComplaints = (sql: string): string[] => [
  ...trino.validate(sql).map(({ startLine, startColumn, message }) => {
    return `${startLine}:${startColumn} ${message}`;
  }),
  ...AVOID.filter(([, pattern]) => pattern.test(bare(sql))).map(([what]) => `uses ${what}`),
];

/** Without its comments and with every text empty: words of the data are not words of the query. */
function bare(sql: string): string {
  return sql
    .replace(/'(?:[^']|'')*'|--[^\n]*|\/\*.*?\*\//gs, (part) => (part.startsWith("'") ? "''" : ' '))
    .replace(/"(?:[^"]|"")*"/g, '"x"');
}
