import type { ErrorCode, Issue } from "@heed/schema";

const marker: unique symbol = Symbol.for("heed.error");

/**
 * The one error that heed throws. `code` says which kind it is, `cause` keeps what lay beneath, and `issues`
 * lists what was wrong with an input; neither message nor issues ever contain text that a user wrote.
 */
export class HeedError extends Error {
  override readonly name = "HeedError";
  readonly code: ErrorCode;
  readonly issues: readonly Issue[];
  readonly [marker] = true;

  constructor(
    code: ErrorCode,
    message: string,
    options: { readonly cause?: unknown; readonly issues?: readonly Issue[] } = {},
  ) {
    super(message, "cause" in options ? { cause: options.cause } : {});
    this.code = code;
    this.issues = options.issues ?? [];
  }
}

/**
 * Whether something caught is a `HeedError`, of the given code if one is given. Works across copies of the
 * package, where `instanceof` does not.
 */
export const isHeedError = (error: unknown, code?: ErrorCode): error is HeedError =>
  typeof error === "object" &&
  error !== null &&
  marker in error &&
  (code === undefined || (error as HeedError).code === code);
