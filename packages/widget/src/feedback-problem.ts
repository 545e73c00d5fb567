import type { ErrorCode, Issue } from "@heed/schema";

/**
 * Why events were given up: the server refused them (`rejected`), or the request that held nothing else (`refused`);
 * one alone was larger than the server takes (`too_large`); more were waiting than there is room for (`overflow`), or
 * for longer than a week (`expired`); the client was closed with events that no disk keeps (`closed`); there is no
 * consent (`consent`).
 */
export type DropReason = "rejected" | "refused" | "too_large" | "overflow" | "expired" | "closed" | "consent";

/**
 * Something that went wrong with a delivery. Of a drop, `code` is its reason. Otherwise the events are kept:
 * there was no answer (`network`); a passing one (`unavailable`: 408, 425, 429, 5xx); one that was not heed's
 * (`unacknowledged`, such as the login page of a hotel); or a 401 or 403 (`unauthorized`: nothing more is sent
 * until `flush()` is called).
 */
export interface FeedbackProblem {
  readonly code: DropReason | "network" | "unavailable" | "unacknowledged" | "unauthorized";
  /** The HTTP status, where there was an answer. */
  readonly status?: number;
  /** The server's own words, where it is a heed server. */
  readonly answer?: ServerError | undefined;
  /** What was thrown, where something was. */
  readonly cause?: unknown;
}

/** A problem that lost events. */
export type DropProblem = FeedbackProblem & { readonly code: DropReason };

/** What a heed server says when it refuses something. */
export interface ServerError {
  readonly code: ErrorCode;
  readonly message?: string;
  readonly issues?: readonly Issue[] | undefined;
}
