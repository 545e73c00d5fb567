/** An event on its way: its JSON is fixed when it is recorded, so that every retry sends the same bytes. */
export interface OutboxEvent {
  /** A ULID: ids rise with time. */
  readonly id: string;
  readonly userId: string;
  /** Whether the user did it knowingly; when room is short, these stay longest. */
  readonly explicit: boolean;
  /** When it was recorded, in milliseconds since 1970. */
  readonly atMs: number;
  readonly json: string;
  /** The length of the JSON in UTF-8. */
  readonly bytes: number;
}

/**
 * Where events outlive the page until the server has them, shared by all tabs of the origin. Nothing in it ever rejects:
 * an outbox that fails keeps nothing, and the page goes on with what it has in memory.
 */
export interface Outbox {
  /** Keeps events; false when it could not. */
  put(events: readonly OutboxEvent[]): Promise<boolean>;
  /** What waits, of all tabs and of earlier visits, oldest first. */
  all(): Promise<readonly OutboxEvent[]>;
  remove(ids: readonly string[]): Promise<unknown>;
  /**
   * Whether the owner may send, alone among all tabs, until that time; one that is past gives it up. Asked only where
   * the browser has no Web Locks.
   */
  lease(owner: string, untilMs: number, nowMs: number): Promise<boolean>;
}

/** No outbox: what waits lives as long as the page. */
export const memoryOutbox: Outbox = {
  put: async () => false,
  all: async () => [],
  remove: async () => {},
  lease: async () => true,
};
