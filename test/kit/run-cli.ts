import { vi } from 'vitest';
import { main } from '../../functions/cli/main.ts';

/** Runs one command line in this process: what a person would see, and the exit code. */
export const runCli = async (...words: string[]) => {
  const lines: string[] = [];
  const errors: string[] = [];
  const spies = [
    vi.spyOn(console, 'log').mockImplementation((text) => void lines.push(String(text))),
    vi.spyOn(console, 'error').mockImplementation((text) => void errors.push(String(text))),
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => errors.push(String(text)) > 0),
  ];
  try {
    const code = await main(['node', 'holdfast', ...words]);
    return { code, out: lines.join('\n'), err: errors.join('\n') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
};
