import { scanRequests } from "../../requests/scan-requests.ts";
import { benjaminiHochberg } from "../../stats/benjamini-hochberg.ts";
import { fisherExactTest } from "../../stats/fisher-exact-test.ts";
import type { Store } from "../../store.ts";
import type { ComplainedRequest } from "./collect-complaints.ts";

/** A value of a label that is more frequent in a theme than among all voted requests. */
export interface ThemeSegment {
  readonly label: string;
  readonly value: string;
  /** Requests of the theme that have it. */
  readonly requests: number;
  /** Their share among those of the theme that have the label, and that of all voted requests. */
  readonly share: number;
  readonly overallShare: number;
  /** The first share over the second: above 1. */
  readonly lift: number;
  /** Fisher's exact test against the voted requests of no such theme. */
  readonly p: number;
  /** Benjamini and Hochberg's q over all values and themes that were tested. */
  readonly q: number;
}

/** Values of a label beyond which it is an id rather than a segment. */
const mostValues = 1_000;

/** For each label how many voted requests have each of its values; null for a label with too many. */
export const countVoted = async (
  store: Store,
  by: readonly string[],
  period: { readonly since: Date | undefined; readonly until: Date | undefined },
): Promise<readonly (ReadonlyMap<string, number> | null)[]> => {
  const counts = by.map(() => new Map<string, number>());
  for await (const batch of scanRequests(store, { votedOnly: true, labels: by, ...period }))
    for (const [place, values] of counts.entries()) {
      if (values.size > mostValues) continue;
      for (const value of batch.labels[place]!)
        if (value !== undefined) values.set(value, (values.get(value) ?? 0) + 1);
    }
  return counts.map((values) => (values.size > mostValues ? null : values));
};

interface SegmentsQuery {
  readonly by: readonly string[];
  readonly voted: readonly (ReadonlyMap<string, number> | null)[];
  readonly smallest: number;
  readonly q: number;
}

/** For each theme, by its requests, the values of labels that are over-represented in it; the surest first. */
export const segmentsOfThemes = (
  themes: readonly (readonly ComplainedRequest[])[],
  { by, voted, smallest, q: level }: SegmentsQuery,
): readonly (readonly ThemeSegment[])[] => {
  const tested = themes.flatMap((requests, theme) =>
    by.flatMap((label, place) => {
      const all = voted[place];
      if (!all) return [];
      const own = new Map<string, number>();
      for (const { labels } of requests) {
        const value = labels[place];
        if (value !== undefined) own.set(value, (own.get(value) ?? 0) + 1);
      }
      const [ofTheme, ofAll] = [sum(own), sum(all)];
      return [...own]
        .filter(([, count]) => count >= smallest)
        .map(([value, count]) => {
          // Votes may have come and gone between the two scans.
          const withValue = Math.max(count, all.get(value) ?? 0);
          const others = withValue - count;
          const p = fisherExactTest(count, ofTheme - count, others, Math.max(0, ofAll - ofTheme - others));
          const [share, overallShare] = [count / ofTheme, withValue / ofAll];
          return {
            theme,
            segment: { label, value, requests: count, share, overallShare, lift: share / overallShare, p },
          };
        });
    }),
  );
  const qs = benjaminiHochberg(tested.map(({ segment }) => segment.p));
  const found = tested.map(({ theme, segment }, at) => ({ theme, segment: { ...segment, q: qs[at]! } }));
  return themes.map((_, own) =>
    found
      .filter(({ theme, segment }) => theme === own && segment.lift > 1 && segment.q <= level)
      .map(({ segment }) => segment)
      .sort((a, b) => a.p - b.p || b.lift - a.lift),
  );
};

const sum = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((total, count) => total + count, 0);
