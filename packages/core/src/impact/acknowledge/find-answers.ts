import type { ChangeRecord } from "@heed/schema";
import { type ChangeLog, latestChange } from "./read-change-log.ts";

/** When feedback that was given at a moment, on a request with these labels, was answered; undefined where it was not. */
export type AnswerFinder = (given: Date, labelOf: (label: string) => string | undefined) => Date | undefined;

/** Feedback is resolved by the first change after it in whose segment its request is, or that has no segment. */
export const resolutionFinder = ({ changes }: ChangeLog): AnswerFinder =>
  firstOf(changes.map(({ timestamp, segment }) => ({ timestamp, segment, before: timestamp })));

/** Feedback is acknowledged when users are first told of a change that it came before. */
export const acknowledgementFinder = (log: ChangeLog): AnswerFinder =>
  firstOf(
    log.acknowledgements.map(({ change, timestamp, segment }) => {
      const told = latestChange(log, change, timestamp);
      return { timestamp, segment: segment ?? told?.segment, before: told?.timestamp ?? timestamp };
    }),
  );

interface Answer extends Pick<ChangeRecord, "timestamp"> {
  readonly segment: ChangeRecord["segment"];
  /** It answers feedback from before this moment. */
  readonly before: Date;
}

/** @param answers in order of time */
const firstOf =
  (answers: readonly Answer[]): AnswerFinder =>
  (given, labelOf) =>
    answers.find(
      ({ segment, before }) => given < before && (!segment || labelOf(segment.label) === segment.value),
    )?.timestamp;
