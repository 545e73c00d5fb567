import type { FeedbackClient } from "../feedback-client.ts";
import { createFeedback } from "../lite.ts";

const clients = new Map<string, FeedbackClient>();

/**
 * The one client of all elements on the page that name the same endpoint and user: their votes share batches,
 * and a visitor without a name stays one visitor. It lives as long as the page.
 */
export const sharedClient = (endpoint: string, userId: string | null): FeedbackClient => {
  const key = JSON.stringify([endpoint, userId]);
  const client = clients.get(key) ?? createFeedback({ endpoint, userId: userId ?? undefined });
  clients.set(key, client);
  return client;
};
