import type { ErrorCode, Issue } from "@heed/schema";

/**
 * Why events were given up: the server refused them one by one (`rejected`) or the whole request (`refused`);
 * one alone was larger than the server takes (`too_large`); more were waiting than the outbox holds
 * (`overflow`); the client was closed before they could be sent (`closed`).
 */
export type DropReason = "rejected" | "refused" | "too_large" | "overflow" | "closed";

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
