/** Longest line of a calendar file, in octets without its end. Source: RFC 5545, 3.1. */
const LONGEST_LINE = 75;

/** Lines of an iCalendar file: CRLF at each end, long ones folded between characters. */
export const icsLines = (lines: readonly string[]): string =>
  lines.map((line) => `${folded(line)}\r\n`).join('');

/** A value of type TEXT: what has a meaning in the format is escaped. Source: RFC 5545, 3.3.11. */
export const icsText = (text: string): string =>
  text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r\n|\r|\n/g, '\\n');

/** A day as a value of type DATE. */
export const icsDate = (day: string): string => day.replaceAll('-', '');

function folded(line: string): string {
  // No unit of UTF-16 is more than three octets of UTF-8.
  if (line.length * 3 <= LONGEST_LINE) return line;
  let text = '';
  let start = 0;
  let octets = 0;
  for (let at = 0; at < line.length; ) {
    const point = line.codePointAt(at) ?? 0;
    const size = octetsOf(point);
    if (octets + size > LONGEST_LINE) {
      text += `${line.slice(start, at)}\r\n `;
      start = at;
      octets = 1;
    }
    octets += size;
    at += point > 0xffff ? 2 : 1;
  }
  return text + line.slice(start);
}

function octetsOf(point: number): number {
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x10000 ? 3 : 4;
}
