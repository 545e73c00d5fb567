import type { DownReason, UpReason } from "@heed/schema";

/** Every text that the elements show or say. */
export interface FeedbackStrings {
  /** Names the whole control. */
  readonly feedback: string;
  readonly thumbUp: string;
  readonly thumbDown: string;
  /** Names the group of stars. */
  readonly rating: string;
  /** Names one star; `{stars}` stands for 1 to 5. */
  readonly stars: string;
  readonly clearRating: string;
  /** Opens the panel with the reasons and the comment. */
  readonly details: string;
  readonly close: string;
  readonly upQuestion: string;
  readonly downQuestion: string;
  readonly upReasons: Readonly<Record<UpReason, string>>;
  readonly downReasons: Readonly<Record<DownReason, string>>;
  readonly comment: string;
  readonly send: string;
  readonly takeBack: string;
  readonly stored: string;
  readonly takenBack: string;
  readonly notSent: string;
  readonly tryAgain: string;
}

/** The texts that a host replaces; the others stay English. */
export type FeedbackStringsInput = Partial<Omit<FeedbackStrings, "upReasons" | "downReasons">> & {
  readonly upReasons?: Partial<FeedbackStrings["upReasons"]>;
  readonly downReasons?: Partial<FeedbackStrings["downReasons"]>;
};

const englishStrings: FeedbackStrings = {
  feedback: "Feedback on this answer",
  thumbUp: "Good answer",
  thumbDown: "Bad answer",
  rating: "Rate this answer",
  stars: "{stars} of 5 stars",
  clearRating: "Clear the rating",
  details: "Say more",
  close: "Close",
  upQuestion: "What was good?",
  downQuestion: "What went wrong?",
  upReasons: {
    accurate: "Accurate",
    complete: "Complete",
    clear: "Clear",
    creative: "Creative",
    fast: "Fast",
    other: "Other",
  },
  downReasons: {
    incorrect: "Incorrect",
    instructions_ignored: "Ignored my instructions",
    incomplete: "Incomplete",
    outdated: "Outdated",
    unsafe: "Unsafe",
    refused: "Refused",
    style_format: "Style or format",
    too_long: "Too long",
    slow: "Slow",
    other: "Other",
  },
  comment: "Your comment",
  send: "Send",
  takeBack: "Take back",
  stored: "Thank you!",
  takenBack: "Taken back.",
  notSent: "Not sent.",
  tryAgain: "Try again",
};

/** All texts, with those that the host gave in the place of the English ones. */
export const completeStrings = (given: FeedbackStringsInput = {}): FeedbackStrings => ({
  ...englishStrings,
  ...given,
  upReasons: { ...englishStrings.upReasons, ...given.upReasons },
  downReasons: { ...englishStrings.downReasons, ...given.downReasons },
});
