/** An event on its way: its JSON is fixed when it is recorded, so that every retry sends the same bytes. */
export interface OutboxEvent {
  readonly id: string;
  /** Whether the user did it knowingly; when room is short, these stay longest. */
  readonly explicit: boolean;
  readonly json: string;
}

/**
 * Where events wait until the server has them. What waits is read synchronously, as a page that hides has no
 * time for more: an outbox that also writes to disk keeps a copy in memory for that.
 */
export interface Outbox {
  /** Keeps an event, and names those that have to go to make room for it. */
  add(event: OutboxEvent): readonly OutboxEvent[];
  /** What waits, oldest first. */
  waiting(): readonly OutboxEvent[];
  /** Forgets an event; false when it was not there any more. */
  remove(id: string): boolean;
}

/** An outbox that lives as long as the page. When it is full, the oldest implicit event has to go first. */
export const memoryOutbox = (maxEvents = 500): Outbox => {
  const events = new Map<string, OutboxEvent>();
  const waiting = (): OutboxEvent[] => [...events.values()];
  return {
    add(event) {
      events.set(event.id, event);
      if (events.size <= maxEvents) return [];
      const oldest = waiting();
      return [oldest.find(({ explicit }) => !explicit) ?? oldest[0] ?? event];
    },
    waiting,
    remove: (id) => events.delete(id),
  };
};
