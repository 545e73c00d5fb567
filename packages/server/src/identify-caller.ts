import { createHash, timingSafeEqual } from "node:crypto";
import { HeedError } from "@heed/core";
import { nameSchema, visitorPrefix } from "@heed/schema";
import { type IncomingRequest, withoutBody } from "./incoming-request.ts";

/**
 * Who is calling: `"server"`, the host's own backend, which may do everything; a known user, who gives feedback
 * in that name; `"anonymous"`, who showed nothing; or `null`, who showed something that proves nothing.
 */
export type Caller = "server" | { readonly userId: string } | "anonymous" | null;

/** Says who is calling when no server key does. It is given the request without its body. */
export type Authorize = (request: Request) => Caller | Promise<Caller>;

/** A key that can be guessed opens everything that was ever recorded. */
const shortestKey = 16;

/**
 * Tells who is calling: by the keys of the host's own backend, sent as `Authorization: Bearer KEY`, else by what
 * `authorize` says. How long the keys take says nothing about them.
 *
 * @throws HeedError `INVALID_QUERY` when a key has fewer than 16 characters
 */
export const identifyCaller = (
  serverKeys: readonly string[],
  authorize?: Authorize,
): ((request: IncomingRequest) => Promise<Caller>) => {
  if (serverKeys.some((key) => key.length < shortestKey))
    throw new HeedError("INVALID_QUERY", `A server key has at least ${shortestKey} characters`);
  const digests = serverKeys.map(digest);

  return async (request) => {
    const token = /^Bearer (.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
    if (token !== undefined) {
      const given = digest(token);
      // Every key is compared, those after the right one too.
      if (digests.filter((known) => timingSafeEqual(known, given)).length > 0) return "server";
    }
    if (authorize) return checked(await authorize(withoutBody(request)));
    return token === undefined ? "anonymous" : null;
  };
};

/**
 * A user without an id, as from a session that is not there, must not pass for anybody, and nobody for a visitor.
 */
const checked = (caller: Caller): Caller => {
  if (caller === "server" || caller === "anonymous" || caller === null) return caller;
  const { success } = nameSchema.safeParse(caller?.userId);
  if (success && !caller.userId.startsWith(visitorPrefix)) return caller;
  throw new HeedError("INTERNAL", "authorize answered something that is not a Caller");
};

const digest = (key: string): Buffer => createHash("sha256").update(key).digest();
