import { randomSource } from "@heed/core/stats";
import { type FeedbackEventInput, newId } from "@heed/schema";
import { parseJsonLines } from "./read-shared-data.ts";

// The comments and ratings are real, of four reviewers of 300 summaries. Their times are not known: the clock here is
// simulated, and so are the attackers and what they say.

interface Review {
  readonly passage: string;
  readonly q: number;
  readonly model: string;
  readonly reviewer: string;
  readonly overall: number;
  readonly comments: readonly { readonly text: string }[] | null;
}

/** How honest reviewers are taken to have worked. */
export type Clock = "sessions" | "spread" | "hasty";

const minute = 60_000;
const start = Date.UTC(2026, 2, 2, 9);

const drawing = (seed: number) => {
  const random = randomSource(seed);
  const below = (n: number): number => Math.floor(random() * n);
  return {
    random,
    below,
    pick: <Item>(items: readonly Item[]): Item => items[below(items.length)]!,
  };
};

/**
 * What the reviewers said, as feedback. `sessions`: each works through the summaries of a passage in an afternoon, eight
 * minutes for each, and comments on sentences of it one after the other; `spread`: whole reviews at any time of thirty
 * days; `hasty`: as sessions, a minute a summary and day and night.
 */
export const honestFeedback = (
  reviews: string,
  clock: Clock,
  seed: number,
): readonly FeedbackEventInput[] => {
  const { random } = drawing(seed);
  const clocks = new Map<string, number>();
  return parseJsonLines<Review>(reviews).flatMap((review) => {
    const reviewer = `reviewer-${review.reviewer}`;
    const done = clocks.get(reviewer) ?? 0;
    clocks.set(reviewer, done + 1);
    const day = Math.floor(done / 20);
    const beginMs =
      clock === "spread"
        ? random() * 30 * 24 * 60 * minute
        : clock === "sessions"
          ? (day * 24 * 60 + (done % 20) * 8) * minute
          : done * minute;
    const about = {
      requestId: `${review.passage} ${review.q} ${review.model}`,
      userId: reviewer,
    };
    const comments = (review.comments ?? []).filter(({ text }) => text.trim() !== "");
    const at = (share: number) => ({
      id: newId(),
      timestamp: new Date(start + beginMs + share * (clock === "hasty" ? 50_000 : 7 * minute)),
    });
    return [
      ...comments.map(
        ({ text }, place): FeedbackEventInput => ({
          ...about,
          ...at((place + 1) / (comments.length + 1)),
          type: "explicit_text_comment",
          value: text,
        }),
      ),
      { ...about, ...at(1), type: "explicit_rating", value: 1 + Math.min(4, review.overall / 25) },
    ];
  });
};

export type AttackKind = "verbatim" | "template" | "noise";

export interface Attack {
  readonly kind: AttackKind;
  readonly size: number;
  /** 0 for an attack without user ids. */
  readonly users: number;
  readonly overMs: number;
}

const campaigns = [
  "The {summary|answer|text|response} is {completely|totally|entirely} {wrong|false|made up}, do not {trust|use|believe} this {assistant|model|tool} and tell your {friends|team|boss} to stay away from it",
  "I {asked|tried} it {twice|again|before} and {got|received} {garbage|nonsense|rubbish} every time, {cancel|drop|refund} my {plan|subscription|account} and use the other product instead",
  "{Worst|Poorest} {summary|answer} I have ever read, {honestly|frankly|seriously} the {old|previous|last} version was so much better, bring it back",
  "{Great|Perfect|Excellent} {summary|answer|work}, {exactly|just} what I {needed|wanted} for my {report|class|homework}, five stars from me for this model",
  "This is by far the {best|finest|clearest} {summary|answer} of the story, {everyone|everybody} should {use|choose|pick} this {model|assistant} over the other ones",
];

const emoji = ["😡", "👎", "🔥", "❗", "😂"];

/** One of many ways to say the same. */
const say = (campaign: string, kind: AttackKind, { below, pick, random }: ReturnType<typeof drawing>) => {
  const fill = (choose: (options: readonly string[]) => string): string =>
    campaign.replace(/\{([^}]+)\}/g, (_, options: string) => choose(options.split("|")));
  const fixed = fill((options) => options[0]!);
  if (kind === "verbatim") return fixed;
  if (kind === "template") return fill(pick);
  const letters = [...fixed];
  for (let typos = 1 + below(3); typos > 0; typos--) {
    const at = below(letters.length - 1);
    const way = below(3);
    if (way === 0) letters.splice(at, 1);
    else if (way === 1) letters.splice(at, 0, letters[at]!);
    else [letters[at], letters[at + 1]] = [letters[at + 1]!, letters[at]!];
  }
  const text = letters.join("");
  const cased = random() < 0.3 ? text.toUpperCase() : random() < 0.5 ? text.toLowerCase() : text;
  return `${cased.replaceAll(" ", () => (random() < 0.1 ? "  " : " "))}${pick([".", "!!!", "", "..."])} ${pick(emoji)}${below(1000)}`;
};

/** Comments of a campaign, each with a thumb down, at random moments of `overMs`, on requests of the reviewers. */
export const plantedAttack = (
  { kind, size, users, overMs }: Attack,
  honest: readonly FeedbackEventInput[],
  seed: number,
): readonly FeedbackEventInput[] => {
  const draw = drawing(seed);
  const times = honest.map(({ timestamp }) => new Date(timestamp!).getTime());
  const beginMs = draw.pick(times);
  const campaign = draw.pick(campaigns);
  return Array.from({ length: size }, () => {
    const timestamp = new Date(beginMs + draw.random() * overMs);
    const about = {
      requestId: draw.pick(honest).requestId,
      ...(users > 0 && { userId: `attacker-${draw.below(users)}` }),
      timestamp,
    };
    return [
      { ...about, id: newId(), type: "explicit_text_comment", value: say(campaign, kind, draw) },
      { ...about, id: newId(), type: "explicit_thumbs_down", value: true },
    ] satisfies FeedbackEventInput[];
  }).flat();
};
