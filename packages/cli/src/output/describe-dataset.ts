import { basename } from "node:path";
import type { DatasetExport } from "@heed/core";
import { printable } from "../printable.ts";
import { formatCount, formatCounted } from "./format-number.ts";
import { lines, paragraphs } from "./paragraphs.ts";
import { table } from "./table.ts";

type Exported = Extract<DatasetExport, { verdict: "exported" }>;

/** What `exportDataset` wrote, as text for people: the files, what the rows are, and what is not among them. */
export const describeDataset = (answer: DatasetExport): string =>
  answer.verdict === "not_enough_data"
    ? paragraphs([
        "Nothing to export: it takes 1 row, and there is none. No file was written.",
        leftOut(answer),
      ])
    : paragraphs([
        title(answer),
        files(answer),
        lines([labels(answer), sources(answer), consent(answer), split(answer)]),
        leftOut(answer),
      ]);

const title = ({ rows, manifest }: Exported): string =>
  `Exported ${formatCounted(rows, "row")} as ${manifest.format}: ${formatCount(manifest.rows.train)} to train with, ${formatCount(manifest.rows.validation)} to validate with.`;

const files = ({ files: written, manifestPath }: Exported): string =>
  table(
    [
      ["file", "rows", "SHA-256"],
      ...written.map(({ path, rows, sha256 }) => [
        basename(path),
        rows === null ? "-" : formatCount(rows),
        sha256,
      ]),
      [basename(manifestPath), "-", "-"],
    ],
    [0, 2],
  );

const labels = ({ manifest }: Exported): string | null => {
  if (!manifest.labels) return null;
  const { train, validation } = manifest.labels;
  return `To train with, ${formatCount(train.liked)} liked and ${formatCount(train.disliked)} disliked; to validate with, ${formatCount(validation.liked)} and ${formatCount(validation.disliked)}.`;
};

const sources = ({ manifest: { sources: from, subjects } }: Exported): string => {
  const parts = [
    [from.votes, "votes"],
    [from.edit, "edits"],
    [from.regeneration, "regenerations"],
  ] as const;
  const some = parts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${formatCount(count)} from ${what}`);
  return `Rows: ${some.join(", ")}; with the feedback of ${formatCounted(subjects.length, "known user")}.`;
};

const consent = ({ manifest }: Exported): string => {
  const { consent: asked } = manifest.filters;
  return asked
    ? `Only feedback with ${printable(asked.label)}=${printable(String(asked.value))} is in it.`
    : "No consent was asked for: --consent LABEL=VALUE does.";
};

/** Where many users ask the same, a split by users leaves nearly nothing to validate with. */
const split = ({ manifest, dropped }: Exported): string | null =>
  dropped.acrossSides > manifest.rows.validation && manifest.split.groupBy !== "prompt"
    ? "Most rows to validate with are like some to train with: --group-by prompt leaves more of them."
    : null;

const reasons: Readonly<Record<keyof DatasetExport["dropped"], string>> = {
  noConsent: "requests without the consent",
  noText: "requests without prompt or output",
  unusableConversation: "requests with turns that training tools refuse",
  excluded: "requests kept out, or with the prompt of one",
  flagged: "events set aside",
  neutral: "outputs with votes that say neither",
  editNotAccepted: "edits that nobody accepted",
  editTooSmall: "edits of less than 2 % of the words",
  editTooLarge: "edits of more than 70 % of the words",
  smallGap: "pairs with votes too close",
  contradictory: "pairs of which there is the reverse",
  duplicate: "rows that say what another says",
  overUserLimit: "rows beyond what one user may fill",
  acrossSides: "rows to validate with, like some to train with",
  template: "texts that Promptfoo would fill in or load",
  changedMeanwhile: "rows whose texts were removed meanwhile",
};

const leftOut = ({ dropped }: DatasetExport): string => {
  const some = (Object.keys(reasons) as readonly (keyof typeof reasons)[]).filter(
    (reason) => dropped[reason] > 0,
  );
  return some.length === 0
    ? "Nothing was left out."
    : `Left out:\n${table(
        some.map((reason) => [formatCount(dropped[reason]), reasons[reason]]),
        [1],
      )}`;
};
