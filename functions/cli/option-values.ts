import { InvalidArgumentError } from 'commander';
import { type Day, isDay } from '../../shared/basics/day.ts';

const MOST_ACCOUNTS = 1_000_000;

export const asOfDay = (text: string): Day => {
  if (!isDay(text)) throw new InvalidArgumentError('Expected a calendar day written YYYY-MM-DD.');
  return text;
};

export const accountCount = (text: string): number => {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= MOST_ACCOUNTS) return count;
  throw new InvalidArgumentError('Expected a whole number from 1 to 1,000,000.');
};

export const revisionNumber = (text: string): number => {
  const revision = Number(text);
  if (Number.isInteger(revision) && revision >= 1) return revision;
  throw new InvalidArgumentError('Expected a whole number from 1 on.');
};

export const portNumber = (text: string): number => {
  const port = Number(text);
  if (text.trim() !== '' && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError('Expected a port, 0 to 65535.');
};
