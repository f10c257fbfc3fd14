import { HoldfastError } from '../../../shared/basics/problem.ts';

/** Every failure of the file system told as one of the results folder, with what to do. */
export function tellingFailures<Calls extends object>(root: string, calls: Calls): Calls {
  const wrapped = Object.entries(calls).map(([name, call]) => [
    name,
    name === 'locate'
      ? call
      : async (...args: unknown[]) => {
          try {
            return await call(...args);
          } catch (error) {
            throw folderFailure(root, error);
          }
        },
  ]);
  return Object.fromEntries(wrapped) as Calls;
}

function folderFailure(root: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (typeof code !== 'string' || error instanceof HoldfastError) return error;
  const fixes: Record<string, string> = {
    EACCES: 'Give this user write permission on it, or name another folder with --out.',
    EPERM: 'Give this user write permission on it, or name another folder with --out.',
    EROFS: 'It is on a read-only disk; name another folder with --out.',
    ENOSPC: 'Free some space, or name a folder on another disk with --out; then run it again.',
    ENOTDIR: 'A file stands where a folder should; name another folder with --out.',
  };
  const problem = {
    where: `results folder ${root}`,
    found: `${code}${error instanceof Error ? ` (${error.message})` : ''}`,
    expected: 'a folder that can be read and written',
    fix: fixes[code] ?? 'Look at the folder and its disk, then run it again; nothing is lost.',
  };
  return new HoldfastError('results', [problem], { cause: error });
}
