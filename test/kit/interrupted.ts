/** How often ports have been called, and the call at which the process is killed. */
export interface Fate {
  calls: number;
  readonly killAt: number;
  /** Killed before the call reaches the world, or after it did and before anybody hears of it. */
  readonly when: 'before' | 'after';
}

export class Killed extends Error {}

/** True for a kill, also where a caller has told it as a failure of its own. */
export const isKill = (error: unknown): boolean =>
  error instanceof Killed || (error instanceof Error && error.cause instanceof Killed);

/** Wraps a port so that each call of it, and of what it hands out, may be the process's last. */
export const interrupted = <Port extends object>(port: Port, fate: Fate): Port =>
  new Proxy(port, {
    get(target, name) {
      const member = Reflect.get(target, name);
      if (typeof member !== 'function' || name === 'locate' || name === 'close') return member;
      return (...args: unknown[]) => {
        try {
          const answer = fatal(fate, () => member.apply(target, args));
          return isStream(answer) ? interruptedStream(answer, fate) : answer;
        } catch (error) {
          // As a port does, which throws only where it is awaited.
          if (name === 'stream') throw error;
          return Promise.reject(error);
        }
      };
    },
  });

function fatal(fate: Fate, call: () => unknown): unknown {
  fate.calls += 1;
  const last = fate.calls === fate.killAt;
  // A dead process makes no calls, not even to tidy up.
  if (fate.killAt > 0 && fate.calls > fate.killAt) throw new Killed();
  if (last && fate.when === 'before') throw new Killed();
  const answer = call();
  if (isStream(answer)) return answer;
  return Promise.resolve(answer).then((value) => {
    if (last) throw new Killed();
    return isHandle(value) ? interrupted(value, fate) : value;
  });
}

async function* interruptedStream<Item>(stream: AsyncIterable<Item>, fate: Fate) {
  for await (const item of stream) yield (await fatal(fate, () => item)) as Item;
}

const isStream = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/** An upload or a range reader: calls on it are port calls too. */
const isHandle = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).some((member) => typeof member === 'function');
