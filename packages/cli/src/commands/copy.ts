import { type CopiedCollection, copyStore } from "@heed/core";
import type { Command } from "../io.ts";
import { required } from "../option-values.ts";
import { formatJson } from "../output/format-json.ts";
import { formatCount } from "../output/format-number.ts";
import { parseOptions } from "../parse-options.ts";
import { createProgress } from "../progress.ts";
import { usageError } from "../usage-error.ts";
import { withStore } from "../with-store.ts";

const progressEvery = 100_000;

const help = `Usage: heed copy --from STORE --to STORE [--json]

Copies everything from one store into another, then reads both and compares count and digest. The target is
set up if it is new, and keeps what else it has. A copy that was stopped goes on where it was when it is made
again; one that is made while events still arrive finds them missing, and copies them the next time. Users who
were erased are refused by the target too.

  --from STORE   feedback.db, sqlite:FILE, postgres://USER@HOST/DATABASE or clickhouse://USER@HOST/DATABASE
  --to STORE     likewise
  --json         print the counts and digests as JSON

Exit codes: 0 the target has everything, 1 it has not, 130 stopped before the end.
`;

/** `heed copy`: moves house, from one store to another. */
export const copyCommand: Command = {
  summary: "copy one store into another, and verify it",
  help,
  run: async (args, { stdout, stderr, signal }) => {
    const { values } = parseOptions(args, {
      from: { type: "string" },
      to: { type: "string" },
      json: { type: "boolean", default: false },
    });
    const [from, to] = [required(values.from, "--from STORE"), required(values.to, "--to STORE")];
    if (from === to) throw usageError("--from and --to are the same store");
    const progress = createProgress(stderr, progressEvery);
    const onProgress = (items: number) => progress.show(`${formatCount(items)} items gone through`, items);

    try {
      const copy = await withStore(from, { create: false }, (source) =>
        withStore(to, { create: true }, (target) => copyStore(source, target, { onProgress, signal })),
      );
      progress.end();
      stdout.write(values.json ? formatJson(copy) : describe(copy));
      return copy.verified ? 0 : 1;
    } catch (error) {
      progress.end();
      if (signal.aborted) return 130;
      throw error;
    }
  },
};

const counts = ["count", "copied", "erased", "missing", "different", "extra"] as const;

const describe = ({ verified, ...collections }: Awaited<ReturnType<typeof copyStore>>): string => {
  const row = (name: string, cells: readonly string[]) =>
    `${name.padEnd(12)}${cells.map((cell) => cell.padStart(12)).join("")}`;
  const cellsOf = (collection: CopiedCollection) => counts.map((name) => formatCount(collection[name]));
  const lines = [
    row("", counts),
    ...Object.entries(collections).map(([name, collection]) => row(name, cellsOf(collection))),
    "",
    ...Object.entries(collections).map(([name, { digest }]) => `${name.padEnd(12)} SHA-256 ${digest}`),
    "",
    verified
      ? "Verified: the target has everything, with the same digests."
      : "Not verified: the target lacks something, or has something else under the same id.",
  ];
  return `${lines.join("\n")}\n`;
};
