import { HeedError } from "../errors.ts";

/** Refuses what is no user id, as of a session that is not there, and gives it back as events have it. */
export const requireUserId = (userId: unknown): string => {
  if (typeof userId !== "string" || userId === "")
    throw new HeedError("INVALID_QUERY", "userId is empty or no text");
  return userId.toWellFormed();
};
