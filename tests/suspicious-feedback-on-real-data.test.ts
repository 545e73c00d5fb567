import { flagSuspiciousFeedback, memoryStore, recordFeedback } from "@heed/core";
import { randomSource } from "@heed/core/stats";
import { type FeedbackEventInput, newId } from "@heed/schema";
import { describe, expect, test } from "vitest";
import { type AttackKind, type Clock, honestFeedback, plantedAttack } from "./support/comment-attacks.ts";
import { readSharedData } from "./support/read-shared-data.ts";
import { readThumbs, realVotes } from "./support/real-votes.ts";

const reviews = readSharedData("squality_reviews.jsonl");

/** What is flagged of feedback, by id. */
const flag = async (feedback: readonly FeedbackEventInput[]) => {
  const store = memoryStore();
  await recordFeedback(store, feedback);
  const answer = await flagSuspiciousFeedback(store);
  if (answer.verdict === "not_enough_data") throw new Error("there is no feedback");
  return { answer, flagged: new Set(answer.feedback.map(({ feedbackId }) => feedbackId)) };
};

const isComment = ({ type }: FeedbackEventInput): boolean => type === "explicit_text_comment";
const shareOf = (events: readonly FeedbackEventInput[], flagged: ReadonlySet<string>): number =>
  events.filter(({ id }) => flagged.has(id!)).length / events.length;

const clocks: readonly Clock[] = ["sessions", "spread", "hasty"];

describe.skipIf(reviews === null)("among the real comments of SQuALITY, at simulated times", () => {
  test.each(clocks)("no honest comment is flagged where nothing was planted (%s)", async (clock) => {
    const { answer } = await flag(honestFeedback(reviews!, clock, 1));
    expect(answer).toMatchObject({ verdict: "none_found", comments: { n: 1705, flagged: 0 } });
  });

  test.each(clocks)("two in a hundred are at most, where nobody has a name (%s)", async (clock) => {
    const unnamed = honestFeedback(reviews!, clock, 1).map(
      ({ userId: _, ...event }) => event as FeedbackEventInput,
    );
    const { answer } = await flag(unnamed);
    expect(answer.comments.rate).toBeLessThanOrEqual(0.02);
  });

  const kinds: readonly AttackKind[] = ["verbatim", "template", "noise"];
  test.each(kinds)(
    "%s: of each planted burst 19 in 20 are flagged, and of the honest comments two in a hundred at most",
    async (kind) => {
      const found: { recall: number; votes: number; honest: number }[] = [];
      for (const seed of [1, 2, 3]) {
        const honest = honestFeedback(reviews!, clocks[seed % clocks.length]!, seed);
        for (const size of [10, 50, 200])
          for (const users of [0, 1, 3, 5]) {
            const attack = { kind, size, users, overMs: [5, 20, 50][seed % 3]! * 60_000 };
            const planted = plantedAttack(attack, honest, seed * 1_000 + size + users);
            const { flagged } = await flag([...honest, ...planted]);
            found.push({
              recall: shareOf(planted.filter(isComment), flagged),
              votes: shareOf(
                planted.filter((event) => !isComment(event)),
                flagged,
              ),
              honest: shareOf(honest.filter(isComment), flagged),
            });
          }
      }
      const least = Math.min(...found.map(({ recall }) => recall));
      const leastVotes = Math.min(...found.map(({ votes }) => votes));
      const most = Math.max(...found.map(({ honest }) => honest));
      console.info(
        `${found.length} bursts, ${kind}: least recall ${least.toFixed(3)} of comments, ${leastVotes.toFixed(3)} of votes; most honest comments flagged ${(100 * most).toFixed(2)} %`,
      );
      expect(least).toBeGreaterThanOrEqual(0.95);
      expect(leastVotes).toBeGreaterThanOrEqual(0.95);
      expect(most).toBeLessThanOrEqual(0.02);
    },
  );
});

type Planted = "random" | "contrary" | "always down";

/** The real thumbs at simulated times, a minute apart for each worker; some of them vote otherwise than they did. */
const votesWith = (planted: Planted, attackers: number, seed: number) => {
  const random = randomSource(seed);
  const clocks = new Map<string, number>();
  const thumbs = readThumbs(({ worker }) => worker);
  const counts = new Map<string, number>();
  for (const { userId } of thumbs) counts.set(userId!, (counts.get(userId!) ?? 0) + 1);
  const regular = [...counts].filter(([, count]) => count >= 60).map(([userId]) => userId);
  const chosen = new Set<string>();
  while (chosen.size < attackers) chosen.add(regular[Math.floor(random() * regular.length)]!);
  const feedback = thumbs.map((thumb): FeedbackEventInput => {
    const atMinute = (clocks.get(thumb.userId!) ?? 0) + 1;
    clocks.set(thumb.userId!, atMinute);
    const wasUp = thumb.type === "explicit_thumbs_up";
    const isUp = !chosen.has(thumb.userId!)
      ? wasUp
      : { random: random() < 0.5, contrary: !wasUp, "always down": false }[planted];
    return {
      id: newId(),
      type: isUp ? "explicit_thumbs_up" : "explicit_thumbs_down",
      value: true,
      requestId: thumb.requestId,
      userId: thumb.userId!,
      timestamp: new Date(Date.UTC(2026, 2, 1) + atMinute * 60_000),
    };
  });
  return { chosen, feedback };
};

describe.skipIf(realVotes.thumbs === null)("among the real thumbs of LLMFAO, at simulated times", () => {
  test.each([
    ["contrary", 0.85],
    ["always down", 1],
    // These workers agree so little that one who throws a coin is not far from the others.
    ["random", 0.4],
  ] as const)("users who vote %s are found", async (planted, least) => {
    let [hits, honest, all] = [0, 0, 0];
    for (const seed of [1, 2, 3, 4, 5]) {
      const { chosen, feedback } = votesWith(planted, 6, seed);
      const { answer } = await flag(feedback);
      const found = answer.users.map(({ userId }) => userId);
      hits += found.filter((userId) => chosen.has(userId)).length;
      honest += found.filter((userId) => !chosen.has(userId)).length;
      all += answer.checks.outOfLine.users;
    }
    console.info(
      `${planted}: ${hits} of 30 planted users found, ${honest} of ${all - 30} honest ones flagged`,
    );
    expect(hits / 30).toBeGreaterThanOrEqual(least);
    // One worker is far harsher than all others without being planted.
    expect(honest / (all - 30)).toBeLessThanOrEqual(0.03);
  });
});
