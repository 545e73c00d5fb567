/** `npm run bench [-- NAME]`: every benchmark, or the one that is named. */
import { benchAnalysis } from "./analysis/bench-analysis.ts";
import { benchImprove } from "./improve/bench-improve.ts";
import { benchIngest } from "./ingest/bench-ingest.ts";
import { benchStores } from "./stores/bench-stores.ts";
import { benchWidget } from "./widget/bench-widget.ts";

const benchmarks: Readonly<Record<string, () => Promise<void>>> = {
  ingest: benchIngest,
  analysis: benchAnalysis,
  improve: benchImprove,
  stores: benchStores,
  widget: benchWidget,
};

const name = process.argv[2];
if (name !== undefined && !Object.hasOwn(benchmarks, name)) {
  console.error(`No such benchmark; there is: ${Object.keys(benchmarks).join(", ")}`);
  process.exit(2);
}
for (const [title, run] of Object.entries(benchmarks)) if (name === undefined || name === title) await run();
