import { shown } from './escape.ts';
import type {
  Block,
  Card,
  Check,
  List,
  MailContent,
  Next,
  Part,
  Section,
  Table,
  Tile,
  Words,
} from './mail-content.ts';

/** Terminals and quoted replies hold so many. */
const LONGEST_LINE = 76;

/** The same mail for who reads no HTML, made of the same content. */
export const mailText = (mail: MailContent): string => {
  const lines = [
    [mail.company, mail.about, mail.day].map(shown).join(' | '),
    '',
    ...mail.warnings.flatMap((warning) => [...wrapped(`Before you read: ${warning}`), '']),
    ...wrapped(mail.conclusion),
    ...wrapped(mail.lede),
    ...mail.notes.flatMap((words) => wrapped(plainWords(words))),
    ...mail.sections.flatMap(sectionText),
    '',
    '-'.repeat(LONGEST_LINE),
    ...mail.footer.flatMap((line) => wrapped(line)),
  ];
  return `${lines.join('\n')}\n`;
};

/** A sentence without its colours. */
export const plainWords = (words: Words): string => words.map(plainPart).join('');

function plainPart(part: Part): string {
  if (typeof part === 'string') return part;
  if ('badge' in part) return part.badge;
  return 'strong' in part ? part.strong : part.name;
}

function sectionText({ title, about, blocks }: Section): string[] {
  const head = shown(title);
  return [
    '',
    '',
    ...wrapped(head),
    '='.repeat(Math.min(LONGEST_LINE, [...head].length)),
    ...(about === null ? [] : wrapped(about)),
    ...blocks.flatMap(blockText),
  ];
}

function blockText(block: Block): string[] {
  switch (block.kind) {
    case 'card':
      return cardText(block);
    case 'table':
      return tableText(block);
    case 'list':
      return listText(block);
    case 'tiles':
      return block.tiles.flatMap(tileText);
    case 'asks':
      return block.asks.flatMap(({ what, why, who }, index) => [
        ...wrapped(`${index + 1}. ${what}`),
        ...wrapped(why, '   '),
        ...wrapped(plainWords(who), '   '),
      ]);
    case 'picture':
      return wrapped(block.alt);
    case 'button':
      return [...wrapped(`${block.label}:`), ...wrapped(block.link)];
  }
}

const tileText = ({ label, value, change, about }: Tile): string[] =>
  wrapped(
    `- ${label}: ${value} (${[change?.strong, about].filter((part) => part !== undefined && part !== '').join('; ')})`,
  );

function cardText(card: Card): string[] {
  const { title, figure, about, badges, says, next, checksTitle, checks } = card;
  return [
    '',
    ...wrapped(`${title}, ${figure}`),
    ...wrapped(about, '  '),
    ...wrapped(badges.map(({ badge }) => badge).join(' | '), '  '),
    ...says.flatMap((words) => wrapped(plainWords(words), '  ')),
    ...(next === null ? [] : wrapped(`> Next: ${next.what}${nextWho(next)}`, '  ')),
    ...wrapped(checksTitle, '  '),
    ...checks.flatMap(checkText),
  ];
}

const checkText = ({ status, lines, aside }: Check): string[] =>
  lines.flatMap(({ title, detail }) => {
    const end = aside === '' ? '' : ` (${aside})`;
    return wrapped(`- ${status}: ${title}${detail === '' ? '' : `: ${detail}`}${end}`, '  ');
  });

const nextWho = ({ who }: Next): string => (who === null ? '' : ` (${plainWords(who)})`);

function tableText({ columns, rows, more }: Table): string[] {
  const lines = rows.flatMap(({ title, about, cells }) => [
    ...wrapped(
      `- ${title}: ${cells.map((cell, index) => `${columns[index + 1]} ${plainWords(cell)}`).join(', ')}`,
    ),
    ...wrapped(about, '  '),
  ]);
  return [...lines, ...(more === null ? [] : wrapped(more))];
}

function listText({ items, more }: List): string[] {
  const lines = items.flatMap((words) => wrapped(`- ${plainWords(words)}`));
  return [...lines, ...(more === null ? [] : wrapped(more))];
}

/** In lines of 76 characters; a word that is longer stays whole. */
function wrapped(text: string, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of shown(text).split(' ').filter(Boolean)) {
    const longer = line === '' ? `${indent}${word}` : `${line} ${word}`;
    if (line !== '' && [...longer].length > LONGEST_LINE) {
      lines.push(line);
      line = `${indent}${indent === '' ? '' : '  '}${word}`;
    } else line = longer;
  }
  return line === '' ? lines : [...lines, line];
}
