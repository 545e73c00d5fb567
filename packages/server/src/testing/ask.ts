import { newId } from "@heed/schema";

/** An answer, read to its end. */
export interface Told {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what tests look into
  readonly body: any;
}

/** Sends JSON to a handler, and reads its answer. */
export const ask = async (
  handler: (request: Request) => Promise<Response>,
  method: string,
  path: string,
  { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<Told> => {
  const request = new Request(`http://heed.test${path}`, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const response = await handler(request);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
};

/** A thumb up as it is sent, with an id of its own. */
export const thumbUp = (more: Readonly<Record<string, unknown>> = {}) => ({
  id: newId(),
  requestId: "req-1",
  type: "explicit_thumbs_up" as const,
  value: true as const,
  ...more,
});
