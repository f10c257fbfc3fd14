import { readFileSync } from 'node:fs';

const MIB = 1024 * 1024;

/**
 * The most memory this process has had resident so far. Linux says it of the process itself; the
 * usage that Node asks for may begin with what the parent had when it started this one.
 */
export const peakMib = (): number => {
  try {
    const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    if (kib !== undefined) return (Number(kib) * 1024) / MIB;
  } catch {
    // Not Linux.
  }
  return (process.resourceUsage().maxRSS * 1024) / MIB;
};

/** Bytes this process has read so far, from files above all; null where the system does not say. */
export const bytesRead = (): number | null => {
  try {
    const [, bytes] = /^rchar: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8')) ?? [];
    return bytes === undefined ? null : Number(bytes);
  } catch {
    return null;
  }
};
