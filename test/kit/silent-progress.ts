import type { Progress } from '../../shared/ports/progress.ts';

export const silentProgress: Progress = {
  step: () => ({ update: () => undefined, done: () => undefined }),
};
