/** What the endpoint asks of a request: less than a `Request`, for to build one costs more than to answer it. */
export interface IncomingRequest {
  readonly method: string;
  /** The path as it was asked for, without the query. */
  readonly path: string;
  readonly headers: {
    get(name: string): string | null;
    entries(): Iterable<[string, string]>;
  };
  url(): string;
  /** The whole body, however long. */
  bytes(): Promise<Uint8Array>;
  /** The body piece by piece; null where there is none. */
  stream(): ReadableStream<Uint8Array<ArrayBuffer>> | null;
}

export const fromRequest = (request: Request): IncomingRequest => ({
  method: request.method,
  path: /^\w+:\/\/[^/?#]*([^?#]*)/.exec(request.url)?.[1] ?? "",
  headers: request.headers,
  url: () => request.url,
  bytes: async () => new Uint8Array(await request.arrayBuffer()),
  stream: () => request.body,
});

/** The request as the host's own functions get it: they need not, and must not, read the body. */
export const withoutBody = ({ method, url, headers }: IncomingRequest): Request =>
  new Request(url(), { method, headers: [...headers.entries()] });
