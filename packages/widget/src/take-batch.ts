const encoder = new TextEncoder();

/** The length of a text in UTF-8, in bytes. */
export const byteLength = (text: string): number => encoder.encode(text).length;

/**
 * The first of the events, as many as fit into a batch of `maxEvents` and `maxBytes`; always at least one of
 * them, so that none can block the others.
 */
export const takeBatch = <Event extends { readonly bytes: number }>(
  events: readonly Event[],
  maxEvents: number,
  maxBytes: number,
): readonly Event[] => {
  let room = maxBytes - bodyOf([]).length;
  const tooMuch = events.findIndex(({ bytes }, index) => {
    room -= bytes + 1;
    return index > 0 && (index >= maxEvents || room < 0);
  });
  return tooMuch < 0 ? events : events.slice(0, tooMuch);
};

/** The body of a `POST /v1/feedback`. */
export const bodyOf = (events: readonly { readonly json: string }[]): string =>
  `{"events":[${events.map(({ json }) => json).join()}]}`;
