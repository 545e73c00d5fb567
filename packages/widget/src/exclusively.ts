import type { Outbox } from "./outbox.ts";

/** What `exclusively` needs to know. */
export interface ExclusiveOptions {
  /** The same in all tabs that share an outbox. */
  readonly name: string;
  /** Lends a lease where there are no Web Locks, as on insecure origins. */
  readonly outbox: Outbox;
  /** Different in each tab. */
  readonly owner: string;
  /** How long a tab that dies keeps others out at most, where there are no Web Locks. */
  readonly leaseMs: number;
  readonly now: () => number;
}

/**
 * Runs a task while no other tab runs one of the same name. With Web Locks it waits its turn; without, it gives up at
 * once when another tab has the lease, and answers undefined.
 */
export const exclusively = async <Result>(
  { name, outbox, owner, leaseMs, now }: ExclusiveOptions,
  task: () => Promise<Result>,
): Promise<Result | undefined> => {
  let begun: Promise<Result> | undefined;
  try {
    // Null, and nothing more, is what sandboxed pages may have of it.
    return await navigator.locks.request(name, () => {
      begun = task();
      return begun;
    });
  } catch {
    if (begun) return begun;
  }
  if (!(await outbox.lease(owner, now() + leaseMs, now()))) return undefined;
  try {
    return await task();
  } finally {
    await outbox.lease(owner, 0, now());
  }
};
