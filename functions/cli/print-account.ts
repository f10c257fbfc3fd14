import type { Day } from '../../shared/basics/day.ts';
import { roundTo } from '../../shared/basics/ratio.ts';
import { plainText } from '../../shared/basics/text.ts';
import type { MeasureId } from '../../shared/config/default-model.ts';
import { modelField, type Stage } from '../../shared/config/model.ts';
import { type Severity, severities } from '../../shared/config/risk-fields.ts';
import { type KnownLine, leversFor, leversTogether } from '../../shared/health/levers.ts';
import { resolveModels } from '../../shared/health/resolved-model.ts';
import type { riskFlags } from '../../shared/publish/risk-tables.ts';
import type { RowOf } from '../../shared/publish/table.ts';
import type {
  accountHealth,
  healthMovements,
  healthReceipts,
} from '../../shared/publish/tables.ts';
import { aligned } from './aligned.ts';

type Account = RowOf<typeof accountHealth>;
type Line = RowOf<typeof healthReceipts>;
type Movement = RowOf<typeof healthMovements>;
type FlagRow = RowOf<typeof riskFlags>;

const MOST_LEVERS = 3;
const MOST_MOVED_LINES = 4;

const signed = (points: number): string => `${points > 0 ? '+' : ''}${points.toFixed(1)}`;

/** Why the score moved, in its four parts, and the lines that moved most since the last run. */
export const movementLines = (
  movements: readonly Movement[],
  receipt: readonly Line[],
  before: readonly Line[],
): string[] => {
  if (movements.length === 0) return ['Why it moved: no earlier run to compare with'];
  const rows = movements.map((movement) => {
    const { since, from_day, from_score, change, input, weight, configuration, coverage } =
      movement;
    const title = `  since ${since === 'last_run' ? 'the last run' : '28 days ago'}, ${from_day}`;
    if (change === null) return [title, '', '', '', '', '', plainText(movement.reason ?? '', 80)];
    const parts = [change, input ?? 0, weight ?? 0, configuration ?? 0, coverage ?? 0].map(signed);
    return [title, ...parts, `from ${from_score?.toFixed(1)} ${movement.from_band}`];
  });
  const head = ['  why it moved', 'change', 'input', 'weight', 'config', 'coverage', ''];
  const right = [false, true, true, true, true, true, false];
  const moved = movedLines(receipt, before);
  const title = moved.length === 0 ? [] : ['  what changed since the last run, in points it adds'];
  return [...aligned([head, ...rows], right), ...title, ...moved];
};

function movedLines(receipt: readonly Line[], before: readonly Line[]): string[] {
  const old = new Map(before.map((line) => [line.measure, line]));
  return receipt
    .flatMap((line) => {
      const past = old.get(line.measure);
      const by = roundTo((line.contribution ?? 0) - (past?.contribution ?? 0), 1);
      const isSame = past?.evidence === line.evidence && past?.reason === line.reason;
      return past === undefined || by === 0 || isSame ? [] : [{ line, past, by }];
    })
    .sort((a, b) => Math.abs(b.by) - Math.abs(a.by))
    .slice(0, MOST_MOVED_LINES)
    .map(({ line, past, by }) => {
      const was = past.evidence ?? `unknown: ${past.reason}`;
      const is = line.evidence ?? `unknown: ${line.reason}`;
      return `    ${line.measure} ${signed(by)}: ${plainText(was, 70)} → ${plainText(is, 70)}`;
    });
}

/** What would turn the band: the better one, or for a green account how far the fall is. */
export const leverLines = (
  account: Account,
  receipt: readonly Line[],
  meaning: Readonly<Record<string, unknown>>,
): string[] => {
  if (account.score === null || account.override_expires_on !== null) return [];
  const model = modelField.parse(meaning.model);
  const { green, yellow } = model.bands;
  const slack = model.hysteresis;
  if (account.scored_band === 'green') {
    return [
      `What would turn it: below ${(green - slack).toFixed(1)} it is no longer green; ${roundTo(account.score - (green - slack), 1).toFixed(1)} points away`,
    ];
  }
  const better = account.scored_band === 'yellow' ? 'green' : 'yellow';
  const target = roundTo((better === 'green' ? green : yellow) + slack + (slack > 0 ? 0.1 : 0), 1);
  const mean = roundTo(account.score - account.gate_effect, 1);
  const gap = roundTo(target - mean, 1);
  const gate =
    account.gate_reason === null
      ? []
      : [`    the gate must open: ${plainText(account.gate_reason, 100)}`];
  const title = `What would turn it ${better}: a score of ${target.toFixed(1)}, ${gap > 0 ? `${gap.toFixed(1)} more points` : 'which the receipt already gives'}`;
  if (gap <= 0) return [title, ...gate];
  const models = resolveModels(model, [account.segment]);
  const lines = receipt.map(({ measure, raw_value, points, weight }) => ({
    measure: measure as MeasureId,
    rawValue: raw_value,
    points,
    weight,
  }));
  const asked = models(account.segment, account.lifecycle as Stage);
  return [title, ...gate, ...waysUp(gap, lines, leversFor(gap, lines, asked))];
};

function waysUp(
  gap: number,
  lines: readonly KnownLine[],
  levers: ReturnType<typeof leversFor>,
): string[] {
  if (levers.length > 0) {
    return levers
      .slice(0, MOST_LEVERS)
      .map(({ measure, from, to }) => `    ${measure} alone, from ${shown(from)} to ${shown(to)}`);
  }
  const together = leversTogether(gap, lines);
  return together.length === 0
    ? ['    no answer that is known can do it']
    : [`    ${together.join(', ')} together; none of them alone`];
}

const shown = (value: number): string => String(roundTo(value, 2));

const rankOf = (severity: string): number => severities.indexOf(severity as Severity);

const dueWords = ({ due_on }: FlagRow, asOf: Day): string =>
  due_on !== null && due_on < asOf ? `OVERDUE since ${due_on}` : `due ${due_on}`;

/** The flags of an account: what is wrong, what is to be done, by whom and when. */
export const flagLines = (flags: readonly FlagRow[], asOf: Day): string[] => {
  const open = flags
    .filter(({ state }) => state !== 'cleared')
    .sort((a, b) => rankOf(a.severity) - rankOf(b.severity));
  const cleared = flags.filter(({ cleared_on }) => cleared_on === asOf);
  if (open.length === 0 && cleared.length === 0) return ['Flags: none'];
  return [
    'Flags',
    ...open.flatMap((flag) => [
      `  ${flag.severity} ${flag.flag} (${flag.state}, since ${flag.raised_on}): ${plainText(flag.evidence, 160)}`,
      `    ${plainText(flag.play_name ?? '', 60)}, ${plainText(flag.play_owner_email ?? 'nobody named', 60)}, ${dueWords(flag, asOf)}: ${plainText(flag.actions ?? '', 240)}`,
      ...(flag.quiet_because === null ? [] : [`    quiet: ${plainText(flag.quiet_because, 100)}`]),
    ]),
    ...cleared.map((flag) => `  cleared today: ${flag.flag}`),
  ];
};
