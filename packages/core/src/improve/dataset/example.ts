import type { DownReason, UpReason } from "@heed/schema";
import type { Message } from "./conversation-of.ts";

/** A row before it takes the form of a format. */
export interface Example {
  readonly messages: readonly Message[];
  /** What was answered; of a pair, the better answer. */
  readonly answer: string;
  /** The worse answer of a pair; empty elsewhere. */
  readonly rejected: string;
  /** What users say of the answer. */
  readonly liked: boolean;
  /** The reasons that they gave with their votes, in order. */
  readonly reasons: readonly (UpReason | DownReason)[];
}
