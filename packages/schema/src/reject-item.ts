import type { ItemResult } from "./batch.ts";
import type { ErrorCode, Issue } from "./error-code.ts";
import { idSchema } from "./id.ts";

/** The result of an item that is refused: with its own id, where it has a valid one. */
export const rejectItem = (item: unknown, code: ErrorCode, issues: Issue[]): ItemResult => {
  const id = idSchema.safeParse((item as { id?: unknown } | null | undefined)?.id);
  return { id: id.success ? id.data : null, status: "rejected", code, issues };
};
