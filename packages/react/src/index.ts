"use client";

export { Feedback, type FeedbackProps } from "./feedback.tsx";
export { FeedbackProvider, type FeedbackProviderProps } from "./feedback-provider.tsx";
export { type RequestFeedback, useFeedback } from "./use-feedback.ts";
export { useFeedbackClient } from "./use-feedback-client.ts";
export { type ObservedElement, type UseObserveOptions, useObserve } from "./use-observe.ts";
