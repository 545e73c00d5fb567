/** Runs a task after a delay in milliseconds, and gives back how to call it off. */
export const afterTimeout = (task: () => void, delayMs: number): (() => void) => {
  const timer = setTimeout(task, delayMs);
  return () => clearTimeout(timer);
};
