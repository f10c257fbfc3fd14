/** What the model's SQL is written with, made once for a connection. */
export const macros: readonly string[] = [
  // The nudge and the half away from zero of shared/basics/ratio.ts, or scores differ in a tenth.
  `CREATE MACRO rounded(v, factor) AS
     sign(v) * round((abs(v) + abs(v) * 8.881784197001252E-16) * factor) / factor`,
  `CREATE MACRO grouped(n) AS
     CASE WHEN n < 1000 THEN CAST(n AS VARCHAR) ELSE format('{:,}', CAST(n AS BIGINT)) END`,
  `CREATE MACRO counted(n, one) AS
     grouped(n) || ' ' || one || CASE WHEN n = 1 THEN '' ELSE 's' END`,
  `CREATE MACRO whole(v) AS CAST(CAST(round(v) AS BIGINT) AS VARCHAR)`,
  `CREATE MACRO one_decimal(v) AS printf('%.1f', v)`,
];
