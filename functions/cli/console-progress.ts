import type { Progress } from '../../shared/ports/progress.ts';

const UPDATE_EVERY_MS = 1000;

/** Progress as lines on stderr, so that stdout holds only results. Counts are shown on a terminal. */
export const consoleProgress = (now: () => number = () => performance.now()): Progress => ({
  step(title) {
    const begun = now();
    let shown = begun;
    const live = process.stderr.isTTY;
    if (live) process.stderr.write(`  ${title} …`);
    return {
      update(done, total) {
        if (now() - shown < UPDATE_EVERY_MS) return;
        shown = now();
        const count = `${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')}`;
        process.stderr.write(live ? `\r\u001b[K  ${title} … ${count}` : `  ${title}: ${count}\n`);
      },
      done(outcome) {
        const seconds = ((now() - begun) / 1000).toFixed(1);
        process.stderr.write(`${live ? '\r\u001b[K' : ''}  ${title}: ${outcome} (${seconds} s)\n`);
      },
    };
  },
});
