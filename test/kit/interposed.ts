/** Wraps a port so that something else happens just before its nth call: another run, say. */
export const interposed = <Port extends object>(
  port: Port,
  nth: number,
  happen: () => Promise<unknown>,
): { port: Port; calls: () => number } => {
  let calls = 0;
  const wrapped = new Proxy(port, {
    get(target, name) {
      const member = Reflect.get(target, name);
      if (typeof member !== 'function' || name === 'locate') return member;
      return async (...args: unknown[]) => {
        calls += 1;
        if (calls === nth) await happen();
        return member.apply(target, args);
      };
    },
  });
  return { port: wrapped, calls: () => calls };
};
