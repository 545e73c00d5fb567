interface Timed {
  readonly id: string;
  readonly timestamp: Date;
}

/**
 * Orders records by (timestamp, id), the one order in which heed decides what came first and what stands;
 * for `Array.prototype.sort`, earliest first.
 */
export const byTime = (a: Timed, b: Timed): number =>
  a.timestamp.getTime() - b.timestamp.getTime() || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
