import { geometricMean } from "simple-statistics";

interface Run {
  readonly ms: number;
}

/** Prints how many times as long the rival took as we did, round by round and on the mean, and whether that is enough. */
export const judgeRatio = (
  what: string,
  target: number,
  rival: readonly Run[],
  own: readonly Run[],
): void => {
  const all = rival.map(({ ms }, round) => ms / own[round]!.ms);
  const mean = geometricMean([...all]);
  const range = `${Math.min(...all).toFixed(1)} to ${Math.max(...all).toFixed(1)}`;
  const verdict = mean >= target ? "met" : "MISSED";
  console.log(`${what}: ${mean.toFixed(1)} (${range}); target at least ${target}: ${verdict}`);
};
