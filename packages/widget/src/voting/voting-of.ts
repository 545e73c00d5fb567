import type { FeedbackClient } from "../feedback-client.ts";
import { createVoting, type Voting } from "./create-voting.ts";

type Client = Pick<FeedbackClient, "record">;

const votings = new WeakMap<Client, Map<string, Voting>>();

/**
 * The voting of a client on a request: one for all controls on the page, so that they agree, and one that is
 * rendered anew shows what the user said. It lives as long as the client.
 */
export const votingOf = (client: Client, requestId: string): Voting => {
  const ofClient = votings.get(client) ?? new Map<string, Voting>();
  const voting = ofClient.get(requestId) ?? createVoting(client, requestId);
  votings.set(client, ofClient.set(requestId, voting));
  return voting;
};
