import { isHeedError } from "@heed/core";
import type { ErrorBody, ErrorCode } from "@heed/schema";

/** The HTTP status of each refusal. Only a 503 is worth sending again. */
const statusOf: Readonly<Record<ErrorCode, number>> = {
  INVALID_JSON: 400,
  INVALID_EVENT: 400,
  INVALID_QUERY: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  INTERNAL: 500,
  USER_ERASED: 410,
  STORE_FAILED: 503,
  STORE_INCOMPLETE: 503,
  STORE_CLOSED: 503,
};

/** Headers that a status asks for. */
const headersOf: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  401: { "www-authenticate": "Bearer" },
  503: { "retry-after": "5" },
};

interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ErrorBody;
}

/** What a caller learns of an error: of a failure of ours, nothing but that it was ours. */
export const refusal = (error: unknown): Refusal => {
  const known = isHeedError(error) && Object.hasOwn(statusOf, error.code) ? error : undefined;
  const code = known?.code ?? "INTERNAL";
  const status = statusOf[code];
  const headers = headersOf[status] ?? {};
  if (!known || status >= 500)
    return { status, headers, body: { error: { code, message: "The server cannot answer this now" } } };
  const { message, issues } = known;
  return {
    status,
    headers,
    body: { error: { code, message, ...(issues.length > 0 && { issues: [...issues] }) } },
  };
};
