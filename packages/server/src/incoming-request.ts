/** What the endpoint asks of a request: less than a `Request`, for to build one costs more than to answer it. */
export interface IncomingRequest extends Pick<Request, "method" | "url" | "body"> {
  readonly headers: {
    get(name: string): string | null;
    entries(): Iterable<[string, string]>;
  };
  /** The whole body, however long. */
  bytes(): Promise<Uint8Array>;
}

export const fromRequest = (request: Request): IncomingRequest => ({
  method: request.method,
  url: request.url,
  headers: request.headers,
  get body() {
    return request.body;
  },
  bytes: async () => new Uint8Array(await request.arrayBuffer()),
});

/** The request as the host's own functions get it: they need not, and must not, read the body. */
export const withoutBody = ({ method, url, headers }: IncomingRequest): Request =>
  new Request(url, { method, headers: [...headers.entries()] });
