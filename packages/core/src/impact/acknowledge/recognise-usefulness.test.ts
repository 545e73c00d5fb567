import fc from "fast-check";
import { expect, test } from "vitest";
import { recordEvaluation } from "../../collect/record-evaluation.ts";
import { recordFeedback } from "../../collect/record-feedback.ts";
import { memoryStore } from "../../memory-store.ts";
import { composeAcknowledgements } from "../compose-acknowledgements.ts";
import { day } from "../fixtures/store-of.ts";
import { recordChange } from "../record-change.ts";

/** A vote of a day of March 2026, of which the second is a Monday; those of a day in the order in which they are told. */
interface Told {
  readonly requestId: string;
  readonly userId: string;
  readonly date: number;
  readonly isGood: boolean;
}

const change = "prompt v2";
/** When the change of these tests shipped: what is said later is behind nothing. */
const shippedOn = 16;

const recognitionIn = async (votes: readonly Told[]) => {
  const store = memoryStore();
  await recordChange(store, { change, timestamp: day(shippedOn) });
  await recordEvaluation(
    store,
    [...Map.groupBy(votes, ({ requestId }) => requestId)].map(([requestId, [first]]) => ({
      requestId,
      timestamp: day(first!.date),
    })),
  );
  await recordFeedback(
    store,
    votes.map(({ requestId, userId, date, isGood }, at) => ({
      requestId,
      userId,
      timestamp: new Date(day(date).getTime() + at),
      type: "explicit_rating" as const,
      value: isGood ? 5 : 1,
    })),
  );
  const answer = await composeAcknowledgements(store, { change, recognition: true });
  return "recognition" in answer
    ? Object.fromEntries(answer.recognition!.map((own) => [own.userId, own]))
    : {};
};

/** Votes on one request, of users in turn: `+ada -ben` is good by Ada, then bad by Ben. */
const voted = (requestId: string, date: number, votes: string): readonly Told[] =>
  votes.split(" ").map((vote) => ({ requestId, userId: vote.slice(1), date, isGood: vote.startsWith("+") }));

const badgesOf = async (votes: readonly Told[], userId: string) =>
  (await recognitionIn(votes))[userId]?.badges ?? [];

test("without being asked for, there is no recognition", async () => {
  const store = memoryStore();
  await recordChange(store, { change, timestamp: day(shippedOn) });
  await recordEvaluation(store, { requestId: "req-1", timestamp: day(2) });
  const said = { requestId: "req-1", userId: "ada", timestamp: day(2) };
  await recordFeedback(store, { ...said, type: "explicit_thumbs_down", value: true });
  const answer = await composeAcknowledgements(store, { change });
  expect(answer.verdict).toBe("composed");
  expect(answer).not.toHaveProperty("recognition");
});

test("who spoke on an output that a change came from shaped it, against it or, beside others, for it", async () => {
  const recognition = await recognitionIn([
    ...voted("complained", 2, "-ada +ben +cleo"),
    ...voted("praised", 2, "+dan +eve"),
    ...voted("alone", 2, "-fay +gil"),
    ...voted("late", 20, "-hal -ivy"),
  ]);
  expect(Object.keys(recognition)).toEqual(["ada", "ben", "cleo", "fay"]);
  for (const own of Object.values(recognition))
    expect(own).toMatchObject({ badges: ["shaped_a_change"], streakWeeks: 1 });
});

test("a streak is of weeks in a row, of which each counts once", async () => {
  const weeks = (...dates: readonly number[]) =>
    dates.flatMap((date, at) => voted(`req-${at}`, date, "-ada"));
  const streakOf = async (votes: readonly Told[]) => (await recognitionIn(votes)).ada!.streakWeeks;
  expect(await streakOf(weeks(2, 3, 8, 8))).toBe(1);
  expect(await streakOf(weeks(8, 9))).toBe(2);
  expect(await streakOf(weeks(-20, -13, -6, 9, 15))).toBe(3);
});

/** Two weeks of outputs that were found good, and of outputs that were found bad, after the change. */
const judgedAs = (vote: (isGood: boolean) => string): readonly Told[] => [
  ...voted("complained", 2, "-someone"),
  ...[17, 24].flatMap((date) => [
    ...voted(`good-${date}`, date, `${vote(true)}ada +p +q +r`),
    ...voted(`bad-${date}`, date, `${vote(false)}ada -p -q -r`),
  ]),
];

test("who votes as others do after them, on good outputs and on bad ones, foresees the consensus", async () => {
  expect(
    await badgesOf(
      judgedAs((isGood) => (isGood ? "+" : "-")),
      "ada",
    ),
  ).toEqual(["foresees_consensus"]);
  // Those after whom fewer than two come had nothing to foresee.
  expect(
    await badgesOf(
      judgedAs((isGood) => (isGood ? "+" : "-")),
      "q",
    ),
  ).toEqual([]);
});

test("always voting the same way foresees nothing, however often it is right", async () => {
  const mostlyGood = [17, 18, 19, 24, 25, 26].flatMap((date) => voted(`fine-${date}`, date, "+ada +p +q +r"));
  expect(await badgesOf([...judgedAs(() => "+"), ...mostlyGood], "ada")).toEqual([]);
  expect(
    await badgesOf(
      judgedAs(() => "-"),
      "ada",
    ),
  ).toEqual([]);
});

test("following others, or one week alone, earns nothing", async () => {
  const followed = [17, 24].flatMap((date) => [
    ...voted(`good-${date}`, date, "+p +q +r +ada"),
    ...voted(`bad-${date}`, date, "-p -q -r -ada"),
  ]);
  expect(await badgesOf([...voted("complained", 2, "-someone"), ...followed], "ada")).toEqual([]);
  const oneWeek = judgedAs((isGood) => (isGood ? "+" : "-")).filter(({ date }) => date < 20);
  expect(await badgesOf(oneWeek, "ada")).toEqual([]);
});

test("a week counts only where most votes of it were with the consensus", async () => {
  const agreeing = judgedAs((isGood) => (isGood ? "+" : "-"));
  const halfOfAWeek = voted("other-17", 17, "-ada +p +q +r");
  expect(await badgesOf([...agreeing, ...halfOfAWeek], "ada")).toEqual([]);
  const more = ["more-1", "more-2"].flatMap((requestId) => voted(requestId, 18, "+ada +p +q +r"));
  expect(await badgesOf([...agreeing, ...halfOfAWeek, ...more], "ada")).toEqual(["foresees_consensus"]);
});

test("visitors, of whom anybody can be many, neither earn anything nor make a consensus", async () => {
  const asVisitors = (...names: readonly string[]) =>
    judgedAs((isGood) => (isGood ? "+" : "-")).map((vote) =>
      names.includes(vote.userId) ? { ...vote, userId: `anonymous:${vote.userId}` } : vote,
    );
  expect(await badgesOf(asVisitors("ada"), "anonymous:ada")).toEqual([]);
  expect(await badgesOf(asVisitors("p", "q"), "ada")).toEqual([]);
});

const users = ["ada", "ben", "cleo", "dan", "eve"];
/** Mostly true votes of some on each of some outputs; on those from before the change there are others on either side. */
const worlds = fc
  .array(
    fc.record({
      date: fc.integer({ min: 2, max: 30 }),
      isGood: fc.boolean(),
      votes: fc.array(fc.record({ user: fc.constantFrom(...users), error: fc.integer({ min: 0, max: 9 }) }), {
        maxLength: 10,
        size: "max",
      }),
    }),
    { minLength: 30, maxLength: 60, size: "max" },
  )
  .map((requests) =>
    requests.flatMap(({ date, isGood, votes }, at) => [
      ...votes.map(({ user, error }) => ({
        requestId: `req-${at}`,
        userId: user,
        date,
        isGood: error === 0 ? !isGood : isGood,
      })),
      ...(date < shippedOn ? voted(`req-${at}`, date, "+p -q +r -s") : []),
    ]),
  );

test("doubling what users say of such outputs in the same weeks changes no badge and no streak", async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async (votes) => {
      const twins = votes.map((vote) => ({ ...vote, requestId: `twin-of-${vote.requestId}` }));
      expect(await recognitionIn([...votes, ...twins])).toEqual(await recognitionIn(votes));
    }),
    { seed: 3, numRuns: 60 },
  );
});

test("turning every vote round, where others agree either way, changes no badge and no streak", async () => {
  let badges = 0;
  await fc.assert(
    fc.asyncProperty(worlds, async (votes) => {
      const recognition = await recognitionIn(votes);
      badges += Object.values(recognition).filter((own) => own.badges.includes("foresees_consensus")).length;
      expect(await recognitionIn(votes.map((vote) => ({ ...vote, isGood: !vote.isGood })))).toEqual(
        recognition,
      );
    }),
    { seed: 4, numRuns: 60 },
  );
  // Without any, that would be no test.
  expect(badges).toBeGreaterThan(0);
});

test("turning one user's votes round among others who are of both minds changes nothing of theirs", async () => {
  const among = (sign: string) =>
    [2, 9].flatMap((date) => voted(`req-${date}`, date, `${sign}ada +p -q +r -s`));
  const [against, inFavour] = [await recognitionIn(among("-")), await recognitionIn(among("+"))];
  expect(against.ada).toMatchObject({ badges: ["shaped_a_change"], streakWeeks: 2 });
  expect(inFavour.ada).toEqual(against.ada);
});

test("nothing in it is a count of feedback", async () => {
  const recognition = await recognitionIn(judgedAs((isGood) => (isGood ? "+" : "-")));
  for (const own of Object.values(recognition))
    expect(Object.keys(own).sort()).toEqual(["badges", "streakWeeks", "userId"]);
});
