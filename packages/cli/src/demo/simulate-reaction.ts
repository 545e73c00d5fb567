import type { DownReason, FeedbackEventInput, UpReason } from "@heed/schema";
import { ulid } from "ulid";
import { drawNormal, drawOne } from "./seeded-random.ts";
import { world } from "./simulated-world.ts";

/** An answer that somebody saw. */
export interface SeenAnswer {
  readonly requestId: string;
  readonly userId: string;
  readonly timestamp: Date;
  readonly metadata: Readonly<Record<string, string | boolean>>;
  /** 0 to 1. */
  readonly quality: number;
  /** How likely its user gives feedback. */
  readonly answers: number;
}

/** What a user thinks, and what a user says. */
export interface Reaction {
  /** The vote the user would give, 1 to 5, given or not. */
  readonly vote: number;
  /** What the user did give; most give nothing. */
  readonly events: readonly FeedbackEventInput[];
}

/** The part of an event that is not who, when and about what. */
type Saying = Pick<FeedbackEventInput, "type" | "value"> & { readonly reasons?: readonly string[] };

/** Simulates what one user thinks of an answer and whether, and how, the user says so. */
export const simulateReaction = (seen: SeenAnswer, random: () => number): Reaction => {
  const view = seen.quality + drawNormal(random) * world.viewSpread;
  const rates = random() < world.rate;
  const vote = rates ? Math.min(5, Math.max(1, Math.round(1 + 4 * view))) : view > 0.5 ? 5 : 1;
  if (random() >= seen.answers) return { vote, events: [] };

  const sayings = [...voteSayings(vote, rates, random), ...otherSayings(vote > 3, random)];
  const { requestId, userId, metadata } = seen;
  let timeMs = seen.timestamp.getTime();
  const events = sayings.map((saying) => {
    // At most six sayings, each within two minutes of the one before.
    timeMs += 2_000 + Math.floor(random() * 118_000);
    const id = ulid(timeMs, random);
    return { id, requestId, userId, timestamp: new Date(timeMs), metadata, ...saying } as FeedbackEventInput;
  });
  return { vote, events };
};

/** The vote itself; some say the opposite first, and some take it back. */
const voteSayings = (vote: number, rates: boolean, random: () => number): Saying[] => {
  const fate = random();
  const standing = rates ? rating(vote) : thumb(vote > 3, random);
  if (fate < world.changeMind) return [rates ? rating(6 - vote) : thumb(vote <= 3, random), standing];
  if (fate < world.changeMind + world.retract)
    return [standing, { type: "explicit_retraction", value: rates ? "rating" : "thumb" }];
  return [standing];
};

const rating = (value: number): Saying => ({ type: "explicit_rating", value });

const thumb = (up: boolean, random: () => number): Saying => {
  const reason = drawOne<UpReason | DownReason>(up ? upReasons : downReasons, random);
  return {
    type: up ? "explicit_thumbs_up" : "explicit_thumbs_down",
    value: true,
    ...(random() < world.reason && { reasons: [reason] }),
  };
};

/** What goes with a vote: a comment, and what the user did with the answer. */
const otherSayings = (pleased: boolean, random: () => number): Saying[] => {
  const sayings: Saying[] = [];
  if (random() < world.comment)
    sayings.push({ type: "explicit_text_comment", value: drawOne(pleased ? praise : blame, random) });
  if (random() < world.implicit)
    sayings.push(
      pleased
        ? { type: "implicit_usage", value: drawOne(["copied", "accepted"] as const, random) }
        : { type: "implicit_discard", value: drawOne(["regenerated", "rephrased"] as const, random) },
    );
  return sayings;
};

const upReasons: readonly UpReason[] = ["accurate", "complete", "clear", "fast"];
const downReasons: readonly DownReason[] = ["incorrect", "incomplete", "instructions_ignored", "outdated"];

const praise = ["Just what I needed.", "Clear and short, thanks.", "That worked at once.", "Good answer."];
const blame = [
  "That is not what I asked.",
  "The answer leaves out the most important step.",
  "The shop told me something else.",
  "I still do not know what to do.",
];
