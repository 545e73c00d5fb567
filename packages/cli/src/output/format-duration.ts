const units = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
] as const;

/** How long something took, given in milliseconds, in the largest unit that it fills: `11.0 d`, `2.5 h`, `3.0 min`, `0.2 s`. */
export const formatDuration = (durationMs: number): string => {
  const [unit, size] = units.find(([, unitMs]) => durationMs >= unitMs) ?? ["s", 1_000];
  return `${(durationMs / size).toFixed(1)} ${unit}`;
};
