import type { DownReason, UpReason } from "@heed/schema";

/** Every text that the elements show or say, in one language. */
export interface FeedbackStrings {
  /** The language as a BCP 47 tag, for whoever reads aloud; without one, the page's. */
  readonly lang?: string | undefined;
  /** For scripts that run from right to left; without it, the page's direction. */
  readonly dir?: "rtl" | undefined;
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

/** The texts that a host replaces; the others stay as they are. */
export type FeedbackStringsInput = Partial<Omit<FeedbackStrings, "upReasons" | "downReasons">> & {
  readonly upReasons?: Partial<FeedbackStrings["upReasons"]>;
  readonly downReasons?: Partial<FeedbackStrings["downReasons"]>;
};

/** The given texts, and those of the base where one is missing. */
export const completeStrings = (base: FeedbackStrings, given?: FeedbackStringsInput): FeedbackStrings =>
  given
    ? {
        ...base,
        // Texts that do not name their language are in one of their own, which the base cannot know.
        lang: undefined,
        dir: undefined,
        ...given,
        upReasons: { ...base.upReasons, ...given.upReasons },
        downReasons: { ...base.downReasons, ...given.downReasons },
      }
    : base;
