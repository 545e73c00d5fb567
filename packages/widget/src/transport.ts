/** One request that a transport is asked to make: a `POST` of text. */
export interface TransportRequest {
  readonly endpoint: string;
  /** JSON; sent as `text/plain`, which asks no other origin for a CORS preflight. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether the request has to outlive the page. */
  readonly keepalive: boolean;
  /** Ends the request when it takes too long. */
  readonly signal: AbortSignal;
}

/** How requests leave the page. Any status is an answer; it rejects only when there was none. */
export interface Transport {
  send(request: TransportRequest): Promise<Response>;
}
