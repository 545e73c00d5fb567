import { open } from "node:fs/promises";
import { importLines } from "../import/import-lines.ts";
import { readChunks } from "../import/read-chunks.ts";
import { readLines } from "../import/read-lines.ts";
import type { Command } from "../io.ts";
import { required } from "../option-values.ts";
import { formatCount } from "../output/format-number.ts";
import { parseOptions } from "../parse-options.ts";
import { createProgress } from "../progress.ts";
import { withStore } from "../with-store.ts";

const longestLineBytes = 1024 * 1024;
const progressEvery = 100_000;

const help = `Usage: heed import FILE.jsonl --store STORE
       heed import - --store STORE < FILE.jsonl

Loads feedback and evaluations from JSON Lines into a store, which is set up if it is new. Each line is one
JSON object: "kind" says which it is, and the rest is the event or the record itself.

  {"kind":"evaluation","id":"01J…","requestId":"req-1","evalScores":{"overall":0.8}}
  {"kind":"feedback","id":"01J…","requestId":"req-1","type":"explicit_thumbs_up","value":true}

Lines that cannot be kept are told of by number and counted; all others are kept. Importing a file twice
changes nothing, provided that its lines have ids: a line without one is stored again each time.

  --store STORE   a file such as feedback.db, postgres://… or clickhouse://…

Exit codes: 0 every line is in the store, 1 some line is not, 130 stopped before the end.
`;

/** `heed import`: JSON Lines into a store, in bounded memory. */
export const importCommand: Command = {
  summary: "load feedback and evaluations from JSON Lines",
  help,
  run: async (args, { stdin, stdout, stderr, signal }) => {
    const { values, positionals } = parseOptions(args, { store: { type: "string" } }, ["FILE.jsonl"]);
    const path = required(values.store, "--store STORE");
    const source = positionals[0] === "-" ? stdin : (await open(positionals[0]!)).createReadStream();
    const progress = createProgress(stderr, progressEvery);

    const counts = await withStore(path, { create: true }, (store) =>
      importLines(store, readLines(readChunks(source, signal), longestLineBytes), {
        onBadLine: (number, problem) => progress.note(`line ${number}: ${problem}`),
        onProgress: (lines, { stored }) =>
          progress.show(`${formatCount(lines)} lines read, ${formatCount(stored)} stored`, lines),
        signal,
      }),
    );
    progress.end();

    for (const [status, count] of Object.entries(counts))
      stdout.write(`${status.padEnd(10)}${formatCount(count).padStart(12)}\n`);
    if (signal.aborted) return 130;
    return counts.conflict + counts.rejected > 0 ? 1 : 0;
  },
};
