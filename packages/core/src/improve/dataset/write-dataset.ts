import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Store } from "../../store.ts";
import type { DataFiles, RowFormat } from "./dataset-formats.ts";
import type { DatasetSettings } from "./dataset-settings.ts";
import type { DroppedCounts } from "./dropped.ts";
import { type FileSink, openFileSink, type WrittenFile } from "./file-sink.ts";
import { jsonLine } from "./json-writers.ts";
import { type Manifest, manifestText, tallyRows } from "./manifest.ts";
import type { PlannedRow } from "./planned-row.ts";
import { readExamples } from "./read-examples.ts";
import { registerDataset } from "./register-dataset.ts";
import { rowWriters } from "./row-writer.ts";
import type { Side } from "./split-rows.ts";

/** A file of an export; `rows` where it holds rows of the data set. */
export interface DatasetFile extends WrittenFile {
  readonly rows: number | null;
}

interface WrittenDataset {
  readonly files: readonly DatasetFile[];
  readonly manifestPath: string;
  readonly manifest: Manifest;
}

/**
 * Writes the rows of both sides, where each came from, what their tool wants beside them, and the manifest; undefined,
 * and nothing written, where no row is left. The files take their places once all of them are on disk, the manifest last:
 * its digests are those of the files exactly where all of them did.
 */
export const writeDataset = async (
  store: Store,
  format: RowFormat,
  sides: Readonly<Record<Side, readonly PlannedRow[]>>,
  settings: DatasetSettings,
  dropped: DroppedCounts,
): Promise<WrittenDataset | undefined> => {
  const { directory, name, onProgress } = settings;
  await mkdir(directory, { recursive: true });
  const sinks: FileSink[] = [];
  const open = async (file: string): Promise<FileSink> => {
    const sink = await openFileSink(join(directory, file));
    sinks.push(sink);
    return sink;
  };
  try {
    const provenance = await open(`${name}.provenance.jsonl`);
    const tally = tallyRows();
    const all = sides.train.length + sides.validation.length;
    let done = 0;
    /** Writes the rows of a side that there are, and says how many. */
    const writeSide = async (side: Side): Promise<DatasetFile | undefined> => {
      const file = `${name}.${side}.${format.file}`;
      let rows = 0;
      let sink: FileSink | undefined;
      let writer: ReturnType<(typeof rowWriters)["jsonl"]> | undefined;
      for await (const { row, example } of readExamples(store, sides[side], settings.signal)) {
        onProgress("writing", ++done, all);
        const written = example && format.rowOf(example);
        if (!written) {
          dropped[example ? "template" : "changedMeanwhile"]++;
          continue;
        }
        sink ??= await open(file);
        writer ??= rowWriters[format.file](sink);
        await writer.write(written);
        await provenance.write(`${jsonLine({ file, row: ++rows, ...originOf(row) })}\n`);
        tally.add(side, row);
      }
      await writer?.end();
      return sink && { ...(await sink.finish()), rows };
    };
    const train = await writeSide("train");
    const validation = await writeSide("validation");
    const data = [train, validation].filter((file) => file !== undefined);
    if (data.length === 0) {
      await discard(sinks);
      return undefined;
    }

    const names: DataFiles = {
      name,
      train: `${name}.train.${format.file}`,
      validation: validation && `${name}.validation.${format.file}`,
    };
    const writeText = async (file: string, text: string): Promise<DatasetFile> => {
      const sink = await open(file);
      await sink.write(text);
      return { ...(await sink.finish()), rows: null };
    };
    const beside: DatasetFile[] = [{ ...(await provenance.finish()), rows: null }];
    for (const { suffix, text } of format.companions?.(names) ?? [])
      beside.push(await writeText(`${name}.${suffix}`, text));
    const shared = format.registry
      ? [await writeText(...(await registerDataset(directory, format.registry(names))))]
      : [];

    const manifest = tally.manifest(settings, [...data, ...beside], dropped);
    const { path: manifestPath } = await writeText(`${name}.manifest.json`, manifestText(manifest));
    settings.signal?.throwIfAborted();
    for (const sink of sinks) await sink.publish();
    // One of an earlier export would pass for the other half of this one.
    if (!names.validation) await rm(join(directory, `${name}.validation.${format.file}`), { force: true });
    return { files: [...data, ...beside, ...shared], manifestPath, manifest };
  } catch (error) {
    await discard(sinks);
    throw error;
  }
};

const discard = async (sinks: readonly FileSink[]): Promise<void> => {
  for (const sink of sinks) await sink.discard();
};

const originOf = ({
  source,
  requestIds,
  feedbackIds,
  editDistance,
  promptVersion,
  subjects,
}: PlannedRow) => ({
  source,
  requestIds,
  feedbackIds,
  ...(editDistance !== undefined && { editDistance }),
  ...(promptVersion !== undefined && { promptVersion }),
  subjects,
});
