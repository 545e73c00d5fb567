import { requireChoice } from "../check-options.ts";

/** What a request must be to count: `auto` takes exposures where they were recorded throughout, else logged requests. */
export type DenominatorChoice = "auto" | "exposed" | "logged";

/** Which requests a rate is a share of, and why those. */
export interface Denominator {
  /** `exposed`: recorded as exposed, or voted on, as nobody votes on what they have not seen. `logged`: all. */
  readonly used: "exposed" | "logged";
  /**
   * `asked_for`; exposures were recorded for nearly all voted requests (`exposures_cover_votes`), or for too few of
   * them to be recorded throughout (`exposures_miss_votes`), which would flatter the rate; there are none
   * (`no_exposures`), or no votes to tell by (`no_votes`).
   */
  readonly why: "asked_for" | "exposures_cover_votes" | "exposures_miss_votes" | "no_exposures" | "no_votes";
  /** Share of the voted requests that were recorded as exposed, too; null without votes. */
  readonly coverage: number | null;
}

interface Counts {
  readonly logged: number;
  readonly voted: number;
  readonly exposed: number;
  readonly exposedAndVoted: number;
}

/** From this coverage on, exposures are taken to be recorded throughout the product. */
const enoughCoverage = 0.9;

/** Chooses the denominator, and how many requests of a group it counts. */
export const chooseDenominator = (groups: readonly Counts[], choice: DenominatorChoice) => {
  requireChoice("denominator", choice, ["auto", "exposed", "logged"]);
  const totalOf = (pick: (group: Counts) => number) => groups.reduce((sum, group) => sum + pick(group), 0);
  const voted = totalOf((group) => group.voted);
  const exposed = totalOf((group) => group.exposed);
  const coverage = voted === 0 ? null : totalOf((group) => group.exposedAndVoted) / voted;

  const denominator: Denominator =
    choice !== "auto"
      ? { used: choice, why: "asked_for", coverage }
      : exposed === 0
        ? { used: "logged", why: "no_exposures", coverage }
        : coverage === null
          ? { used: "logged", why: "no_votes", coverage }
          : coverage >= enoughCoverage
            ? { used: "exposed", why: "exposures_cover_votes", coverage }
            : { used: "logged", why: "exposures_miss_votes", coverage };
  const sizeOf = (group: Counts): number =>
    denominator.used === "logged" ? group.logged : group.exposed + group.voted - group.exposedAndVoted;
  return { denominator, sizeOf };
};
