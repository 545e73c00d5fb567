import { hash } from "node:crypto";
import { basename } from "node:path";
import packageManifest from "../../../package.json" with { type: "json" };
import type { DatasetFormat, DatasetRows, DatasetStyle } from "./dataset-formats.ts";
import type { Consent, DatasetSettings } from "./dataset-settings.ts";
import type { Dropped } from "./dropped.ts";
import type { PlannedRow, RowSource } from "./planned-row.ts";
import type { Side } from "./split-rows.ts";

/** How many ids were given, and the SHA-256 of them in order, a line each. */
interface IdSet {
  readonly count: number;
  readonly sha256: string;
}

/** What a data set was made of and how, without anything of when; the same export gives the same manifest. */
export interface Manifest {
  readonly schema: "heed-dataset/1";
  /** The version of heed that wrote it. */
  readonly heed: string;
  readonly name: string;
  readonly format: DatasetFormat;
  readonly style: DatasetStyle;
  readonly contents: DatasetRows;
  readonly filters: {
    readonly since: string | null;
    readonly until: string | null;
    /** What every row's feedback has; null where nobody asked. */
    readonly consent: Consent | null;
    readonly humanThreshold: number;
    readonly minimumGap: number;
    readonly maxPerUser: number | null;
    readonly exclude: IdSet;
    readonly flagged: IdSet;
  };
  readonly split: { readonly groupBy: string; readonly holdout: number; readonly seed: number };
  readonly rows: Readonly<Record<Side, number>>;
  /** Rows by what they came from. */
  readonly sources: Readonly<Record<RowSource, number>>;
  /** Of rows with a verdict, how many say what; null for others. */
  readonly labels: Readonly<Record<Side, { readonly liked: number; readonly disliked: number }>> | null;
  /** Rows by the prompt version of their answer, in order; `null` for those without one. */
  readonly promptVersions: readonly { readonly promptVersion: string | null; readonly rows: number }[];
  readonly dropped: Dropped;
  /** The `userDigest` of everybody whose feedback is in a row, in order. */
  readonly subjects: readonly string[];
  readonly files: readonly {
    readonly file: string;
    readonly rows: number | null;
    readonly bytes: number;
    readonly sha256: string;
  }[];
}

/** Counts rows as they are written, for their manifest. */
export const tallyRows = () => {
  const sources = { votes: 0, edit: 0, regeneration: 0 };
  const labels = {
    train: { liked: 0, disliked: 0 },
    validation: { liked: 0, disliked: 0 },
  };
  const versions = new Map<string | null, number>();
  const subjects = new Set<string>();
  return {
    add: (side: Side, row: PlannedRow): void => {
      sources[row.source]++;
      labels[side][row.liked ? "liked" : "disliked"]++;
      const version = row.promptVersion ?? null;
      versions.set(version, (versions.get(version) ?? 0) + 1);
      for (const subject of row.subjects) subjects.add(subject);
    },
    manifest: (
      settings: DatasetSettings,
      files: readonly {
        readonly path: string;
        readonly rows: number | null;
        readonly bytes: number;
        readonly sha256: string;
      }[],
      dropped: Dropped,
    ): Manifest => ({
      schema: "heed-dataset/1",
      heed: packageManifest.version,
      name: settings.name,
      format: settings.format,
      style: settings.style,
      contents: settings.rows,
      filters: {
        since: settings.since?.toISOString() ?? null,
        until: settings.until?.toISOString() ?? null,
        consent: settings.consent ? { label: settings.consent.label, value: settings.consent.value } : null,
        humanThreshold: settings.humanThreshold,
        minimumGap: settings.minimumGap,
        maxPerUser: settings.maxPerUser ?? null,
        exclude: idSet(settings.exclude),
        flagged: idSet(
          new Set(
            settings.flagged.map(({ requestId, userId, feedbackId }) =>
              JSON.stringify([requestId ?? null, userId ?? null, feedbackId ?? null]),
            ),
          ),
        ),
      },
      split: { groupBy: settings.groupBy, holdout: settings.holdout, seed: settings.seed },
      rows: { train: total(labels.train), validation: total(labels.validation) },
      sources,
      labels: settings.rows === "labelled" ? labels : null,
      promptVersions: [...versions]
        .map(([promptVersion, rows]) => ({ promptVersion, rows }))
        .sort((a, b) => ((a.promptVersion ?? "") < (b.promptVersion ?? "") ? -1 : 1)),
      dropped: { ...dropped },
      subjects: [...subjects].sort(),
      files: files.map(({ path, rows, bytes, sha256 }) => ({ file: basename(path), rows, bytes, sha256 })),
    }),
  };
};

/** The manifest as it is written. */
export const manifestText = (manifest: Manifest): string => `${JSON.stringify(manifest, null, 2)}\n`;

const total = ({ liked, disliked }: { readonly liked: number; readonly disliked: number }): number =>
  liked + disliked;

const idSet = (ids: ReadonlySet<string>): IdSet => ({
  count: ids.size,
  sha256: hash("sha256", [...ids].sort().join("\n"), "hex"),
});
