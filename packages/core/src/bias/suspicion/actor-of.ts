import { type FeedbackEvent, visitorPrefix } from "@heed/schema";

/**
 * Who gave feedback, as far as that can be told: "" for everybody without a name, as one person can be any number of
 * visitors.
 */
export const actorOf = ({ userId }: FeedbackEvent): string =>
  userId === undefined || userId.startsWith(visitorPrefix) ? "" : userId;
