import type { OutboxEvent } from "./outbox.ts";

const maxEvents = 500;
const maxBytes = 1024 * 1024;

/**
 * Those of the events, given oldest first, that have to go so that no more than 500 and 1 MiB wait: the oldest implicit
 * ones before the oldest explicit ones.
 */
export const tooMany = (events: readonly OutboxEvent[]): readonly OutboxEvent[] => {
  let count = events.length;
  let bytes = events.reduce((sum, { bytes: size }) => sum + size, 0);
  return [...events.filter(({ explicit }) => !explicit), ...events.filter(({ explicit }) => explicit)].filter(
    (event) => {
      if (count <= maxEvents && bytes <= maxBytes) return false;
      count--;
      bytes -= event.bytes;
      return true;
    },
  );
};
