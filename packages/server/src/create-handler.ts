import { getFeedbackSummary, HeedError, isHeedError, type Store } from "@heed/core";
import { evaluationRecordSchema } from "@heed/schema";
import { corsHeaders } from "./cors-headers.ts";
import { type Authorize, identifyCaller } from "./identify-caller.ts";
import { fromRequest, type IncomingRequest, withoutBody } from "./incoming-request.ts";
import { readJson } from "./read-json.ts";
import { recordEvents, recordRecords } from "./record-batch.ts";
import { refusal } from "./refusal.ts";

export interface HandlerOptions {
  /** Where everything goes and comes from. */
  readonly store: Store;
  /**
   * The keys of the host's own backend, sent as `Authorization: Bearer KEY`: evaluations and summaries need one.
   * Several, so that a new one can be in use before the old one is gone; at least 16 characters each.
   * @default []
   */
  readonly serverKeys?: readonly string[];
  /**
   * Says who is calling when no server key does: the host's own login. Go by a header, or by a cookie that other
   * sites cannot send (`SameSite`): any page may post here.
   * @default who shows no key is anonymous
   */
  readonly authorize?: Authorize;
  /**
   * Whether callers that nobody knows may give feedback. With `authorize` their events may not name a user;
   * without it, nobody can prove a name, and the `userId` of an event is taken at its word.
   * @default false
   */
  readonly allowAnonymous?: boolean;
  /** Whose pages may read the answers: origins such as `https://example.com`. @default { origins: [] } */
  readonly cors?: { readonly origins: readonly string[] };
  /** The largest bodies, both as they are sent and as they decompress. */
  readonly limits?: {
    /** @default 262_144 */
    readonly feedbackBytes?: number;
    /** @default 4_194_304 */
    readonly evaluationBytes?: number;
  };
  /** What comes before `/v1` in the path, as `/heed`. @default "" */
  readonly basePath?: string;
  /**
   * Hears of every failure that was not the caller's, answered with 500 or 503. It is given the request without
   * its body.
   * @default prints the code and message of a `HeedError`, and of any other error that there was one
   */
  readonly onError?: (error: unknown, request: Request) => void;
}

/** The endpoint: call it with a `Request`, or let `@heed/server/node` listen with it. */
export interface Handler {
  (request: Request): Promise<Response>;
  /** The same without the cost of a `Request` and a `Response`, for a listener that has its own. */
  readonly answer: (request: IncomingRequest) => Promise<Answer>;
}

/** An answer as plain data. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON; null where there is nothing to say. */
  readonly body: string | null;
}

/**
 * The HTTP endpoint of heed, as a function of web standards: `POST /v1/feedback`, `POST /v1/evaluations`,
 * `GET /v1/requests/:id/summary` and `GET /v1/health`. A success is answered only after the store has committed;
 * a refusal is `{ error: { code, message, issues? } }` and never repeats what the caller wrote.
 *
 * @throws HeedError `INVALID_QUERY` when a server key is too short, an origin is not one, or the basePath no path
 *
 * @example
 * const handler = createHandler({ store: memoryStore(), allowAnonymous: true });
 * const response = await handler(new Request("http://localhost/v1/health"));
 */
export const createHandler = ({
  store,
  serverKeys = [],
  authorize,
  allowAnonymous = false,
  cors = { origins: [] },
  limits: { feedbackBytes = 256 * 1024, evaluationBytes = 4 * 1024 * 1024 } = {},
  basePath = "",
  onError = printError,
}: HandlerOptions): Handler => {
  if (!/^(?:\/[^/?#]+)*$/.test(basePath))
    throw new HeedError("INVALID_QUERY", 'A basePath is written as "/heed", or left out');
  const callerOf = identifyCaller(serverKeys, authorize);
  const corsFor = corsHeaders(cors.origins);

  const requireServer = async (request: IncomingRequest): Promise<void> => {
    const caller = await callerOf(request);
    if (caller === "server") return;
    const known = caller !== null && caller !== "anonymous";
    throw new HeedError(known ? "FORBIDDEN" : "UNAUTHORIZED", "This needs a server key");
  };

  const feedback = async (request: IncomingRequest) => {
    const caller = await callerOf(request);
    if (caller === null || (caller === "anonymous" && !allowAnonymous))
      throw new HeedError("UNAUTHORIZED", "Feedback needs a caller who is known");
    const body = await readJson(request, feedbackBytes);
    if (caller === "server") return recordEvents(store, body, "anyone");
    if (caller === "anonymous") return recordEvents(store, body, authorize ? {} : "anyone");
    return recordEvents(store, body, caller);
  };

  const evaluations = async (request: IncomingRequest) => {
    await requireServer(request);
    return recordRecords(store, await readJson(request, evaluationBytes));
  };

  const summary = async (request: IncomingRequest, encodedId: string) => {
    await requireServer(request);
    return getFeedbackSummary(store, requestIdOf(encodedId));
  };

  const routes = new Map<string, Route>([
    ["/v1/feedback", { method: "POST", answer: feedback }],
    ["/v1/evaluations", { method: "POST", answer: evaluations }],
    ["/v1/health", { method: "GET", answer: async () => ({ status: "ok" }) }],
  ]);

  const routeOf = (path: string): Route => {
    const own = path.startsWith(basePath) ? path.slice(basePath.length) : "";
    const route = routes.get(own);
    if (route) return route;
    const [, id] = /^\/v1\/requests\/([^/]+)\/summary$/.exec(own) ?? [];
    if (id === undefined) throw new HeedError("NOT_FOUND", "Nothing is at this path");
    return { method: "GET", answer: (request) => summary(request, id) };
  };

  const answer = async (request: IncomingRequest): Promise<Answer> => {
    const headers: Record<string, string> = { ...always, ...corsFor(request) };
    try {
      const route = routeOf(request.path);
      if (request.method === route.method) return json(200, headers, await route.answer(request));
      headers.allow = `${route.method}, OPTIONS`;
      if (request.method === "OPTIONS") return { status: 204, headers, body: null };
      throw new HeedError("METHOD_NOT_ALLOWED", `Only ${route.method} is answered here`);
    } catch (error) {
      const refused = refusal(error);
      if (refused.status >= 500) onError(error, withoutBody(request));
      return json(refused.status, { ...headers, ...refused.headers }, refused.body);
    }
  };

  const handler = async (request: Request): Promise<Response> => {
    const { body, ...init } = await answer(fromRequest(request));
    return new Response(body, init);
  };
  return Object.assign(handler, { answer });
};

interface Route {
  readonly method: "GET" | "POST";
  readonly answer: (request: IncomingRequest) => Promise<unknown>;
}

/** Answers are personal, and nothing that a user wrote may be taken for a page. */
const always = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

const json = (status: number, headers: Readonly<Record<string, string>>, body: unknown): Answer => ({
  status,
  headers: { ...headers, "content-type": "application/json" },
  body: JSON.stringify(body),
});

const requestIdOf = (encoded: string): string => {
  try {
    return evaluationRecordSchema.shape.requestId.parse(decodeURIComponent(encoded));
  } catch {
    throw new HeedError("INVALID_QUERY", "The path holds no valid request id");
  }
};

/** Prints nothing that could hold what a user wrote. */
const printError = (error: unknown): void =>
  console.error(
    isHeedError(error)
      ? `heed: ${error.code}: ${error.message}`
      : "heed: something failed; give createHandler an onError to see what",
  );
