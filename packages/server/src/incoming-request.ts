/** What the endpoint asks of a request: a `Request` has it all, and a listener need not build one. */
export interface IncomingRequest extends Pick<Request, "method" | "url" | "arrayBuffer" | "body"> {
  readonly headers: {
    get(name: string): string | null;
    entries(): Iterable<[string, string]>;
  };
}

/** The request as the host's own functions get it: they need not, and must not, read the body. */
export const withoutBody = ({ method, url, headers }: IncomingRequest): Request =>
  new Request(url, { method, headers: [...headers.entries()] });
