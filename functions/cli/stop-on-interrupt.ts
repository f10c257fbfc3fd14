/** Ctrl-C asks the warehouse to stop what it is doing; a second one ends the process at once. */
export const stopOnInterrupt = () => {
  const controller = new AbortController();
  const stop = () => controller.abort();
  process.once('SIGINT', stop);
  return { signal: controller.signal, release: () => process.removeListener('SIGINT', stop) };
};
