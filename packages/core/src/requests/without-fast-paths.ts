import type { Store } from "../store.ts";

/**
 * The same store with its fast paths hidden, so that core derives them: what the fast paths must agree with.
 *
 * @example
 * await correlateFeedbackWithMetrics(withoutFastPaths(store)); // slower, and the same
 */
export const withoutFastPaths = (store: Store): Store => ({
  name: store.name,
  appendFeedback: (events) => store.appendFeedback(events),
  appendEvaluations: (records) => store.appendEvaluations(records),
  appendChanges: (changes) => store.appendChanges(changes),
  readFeedback: (filter, page) => store.readFeedback(filter, page),
  readEvaluations: (filter, page) => store.readEvaluations(filter, page),
  readChanges: (filter, page) => store.readChanges(filter, page),
  removeFeedback: (filter) => store.removeFeedback(filter),
  removeEvaluations: (filter) => store.removeEvaluations(filter),
  removeChanges: (filter) => store.removeChanges(filter),
  eraseUser: (userId) => store.eraseUser(userId),
  readErasedUsers: () => store.readErasedUsers(),
  addErasedUsers: (digests) => store.addErasedUsers(digests),
  close: () => store.close(),
});
