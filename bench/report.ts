import { costOf, type Prices } from './cost.ts';
import { goalsOf, ratiosOf } from './goals.ts';
import { type SizeResult, stageNames } from './results.ts';

/** What was measured, as Markdown that can be read in a terminal and put into docs/performance.md. */
export const reportOf = (results: readonly SizeResult[], prices: Prices): string =>
  [
    ...results.flatMap(sizeLines),
    '## Revenue',
    '',
    ...revenueLines(results),
    '## Renewals',
    '',
    ...renewalLines(results),
    '## Weekly summary',
    '',
    ...weeklyLines(results),
    '## Against SQL',
    '',
    ...ratioLines(results),
    '## Goals',
    '',
    ...table(['goal', 'limit', 'measured', ''], goalsOf(results)),
    `## Cost of a nightly run, ${prices.currency}, ${prices.region}, prices of ${prices.as_of}`,
    '',
    ...costLines(results, prices),
  ].join('\n');

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `|${head.map((_, column) => (column === 0 ? '---' : '---:')).join('|')}|`,
  ...rows.map((row) => `| ${row.join(' | ')} |`),
  '',
];

const PARTS = ['start', 'checks', 'looking back', 'features', 'scoring', 'finishing', 'publishing'];

function sizeLines({ accounts, date, machine, stages }: SizeResult): string[] {
  if (Object.keys(stages).length === 0) return [];
  const { processor, cores, memoryGib, node, load } = machine;
  const rows = stageNames.flatMap((name) => {
    const stage = stages[name];
    if (stage === undefined) return [];
    const spread = `${stage.fastest.toFixed(1)}–${stage.slowest.toFixed(1)}`;
    return [
      [
        name,
        `${stage.seconds.toFixed(1)} (${spread})`,
        `${Math.round((stage.seconds / accounts) * 1e6)}`,
        stage.cpuSeconds.toFixed(1),
        `${stage.peakMib}`,
        ...PARTS.map((part) => stage.parts[part]?.toFixed(1) ?? ''),
      ],
    ];
  });
  return [
    `## ${grouped(accounts)} accounts`,
    '',
    `${date}, ${cores} cores (${processor}), ${memoryGib} GiB, Node ${node}, load before ${load}; medians of ${runsOf(stages)}.`,
    '',
    ...table(['stage', 'seconds', 'µs an account', 'CPU s', 'peak MiB', ...PARTS], rows),
  ];
}

function revenueLines(results: readonly SizeResult[]): string[] {
  const rows = results.flatMap(({ accounts, revenue }) => {
    if (revenue === undefined) return [];
    const { job, sql, monthsDiffering } = revenue;
    const cells = [job, sql].flatMap(({ seconds, cpuSeconds, peakMib }) => [
      seconds.toFixed(1),
      cpuSeconds.toFixed(1),
      `${peakMib}`,
    ]);
    const factor = (job.seconds / sql.seconds).toFixed(2);
    return [[grouped(accounts), ...cells, factor, `${monthsDiffering}`]];
  });
  const of = (who: string) => [`${who} s`, `${who} CPU s`, `${who} MiB`];
  return table(['accounts', ...of('job'), ...of('SQL'), 'job ÷ SQL', 'months apart'], rows);
}

function renewalLines(results: readonly SizeResult[]): string[] {
  const rows = results.flatMap(({ accounts, renewals }) => {
    if (renewals === undefined) return [];
    const cells = [renewals.first, renewals.later].flatMap(({ seconds, cpuSeconds, peakMib }) => [
      seconds.toFixed(1),
      cpuSeconds.toFixed(1),
      `${peakMib}`,
    ]);
    return [[grouped(accounts), ...cells]];
  });
  const of = (day: string) => [`${day} day s`, `${day} day CPU s`, `${day} day MiB`];
  return table(['accounts', ...of('first'), ...of('later')], rows);
}

function weeklyLines(results: readonly SizeResult[]): string[] {
  const rows = results.flatMap(({ accounts, weekly }) => {
    if (weekly === undefined) return [];
    const { imported, told, zippedMib } = weekly;
    const cells = [
      imported.parts.import?.toFixed(2) ?? '',
      zippedMib.toFixed(1),
      told.seconds.toFixed(1),
      ...WEEKLY_PARTS.map((part) => told.parts[part]?.toFixed(1) ?? ''),
      told.cpuSeconds.toFixed(1),
      `${told.peakMib}`,
      `${told.counts.mails ?? ''}`,
    ];
    return [[grouped(accounts), ...cells]];
  });
  const head = ['accounts', 'import s', 'zip MiB', 'job s', 'reading', 'writing', 'CPU s', 'MiB'];
  return table([...head, 'mails'], rows);
}

const WEEKLY_PARTS = ['Reading what is published', 'Writing page and mails'];

const runsOf = (stages: SizeResult['stages']): number =>
  Math.max(0, ...Object.values(stages).map(({ runs }) => runs));

function ratioLines(results: readonly SizeResult[]): string[] {
  const rows = results.flatMap(({ accounts, stages, comparison, lambdaDiffers }) => {
    const ratios = ratiosOf(stages);
    if (ratios === null || comparison === null) return [];
    return [
      [
        grouped(accounts),
        ratios.withChecks.toFixed(2),
        ratios.withTests?.toFixed(2) ?? '',
        ratios.withoutChecks.toFixed(2),
        `${comparison.accountsDiffering} of ${grouped(comparison.accounts)}`,
        `${comparison.linesDiffering} of ${grouped(comparison.receiptLines)}`,
        `${grouped(comparison.wordsDiffering)}`,
        lambdaDiffers.length === 0 ? 'none' : lambdaDiffers.join(', '),
      ],
    ];
  });
  const head = [
    'accounts',
    'job ÷ SQL, same checks',
    'job ÷ SQL tested by dbt',
    'job ÷ SQL without checks',
    'accounts judged otherwise',
    'lines judged otherwise',
    'words apart',
    'Lambda’s files that differ',
  ];
  return table(head, rows);
}

function costLines(results: readonly SizeResult[], prices: Prices): string[] {
  const money = (amount: number) => amount.toFixed(4);
  const rows = results.flatMap((result) => {
    const cost = costOf(result, prices);
    if (cost === null || result.scan === null) return [];
    const { athena, lambda, requests, storage, rest, total } = cost;
    return [
      [
        grouped(result.accounts),
        `${result.scan.queries}`,
        `${(result.scan.bytes / 1e9).toFixed(2)}`,
        ...[athena, lambda, requests, storage, rest, total].map(money),
        (total * 30).toFixed(2),
      ],
    ];
  });
  const head = [
    'accounts',
    'queries',
    'GB read',
    'Athena',
    'Lambda',
    'requests',
    'storage',
    'rest',
  ];
  return table([...head, 'a run', '30 runs'], rows);
}

const grouped = (count: number): string => count.toLocaleString('en-US');
