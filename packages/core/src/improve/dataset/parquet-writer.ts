import type { FileSink } from "./file-sink.ts";
import type { RowWriter } from "./row-writer.ts";

type Cell = string | number;
type Columns = readonly (readonly [name: string, values: Cell[]])[];

/** Rows of one group, which is what is held in memory: so many, or so many characters. */
const groupRows = 1_000;
const groupCharacters = 1 << 23;

/** Apache Parquet: texts as UTF-8 strings, numbers as 32-bit integers, none of them null. */
export const parquetWriter = (sink: FileSink): RowWriter => {
  let columns: Columns | undefined;
  let characters = 0;
  let file: Awaited<ReturnType<typeof openFile>> | undefined;
  const flush = async (): Promise<void> => {
    if (!columns) return;
    file ??= await openFile(sink, columns);
    await file.writeGroup(columns);
    columns = undefined;
    characters = 0;
  };
  return {
    write: async (row) => {
      const cells: readonly (readonly [string, Cell])[] = Object.entries(row);
      columns ??= cells.map(([name]) => [name, []]);
      for (const [at, [, cell]] of cells.entries()) {
        columns[at]![1].push(cell);
        if (typeof cell === "string") characters += cell.length;
      }
      if (columns[0]![1].length === groupRows || characters >= groupCharacters) await flush();
    },
    end: async () => {
      await flush();
      await file?.end();
    },
  };
};

/** The library comes once somebody asks for this format. */
const openFile = async (sink: FileSink, columns: Columns) => {
  const { ByteWriter, ParquetWriter, schemaFromColumnData } = await import("hyparquet-writer");
  const dataOf = (group: Columns) =>
    group.map(([name, data]) => ({
      name,
      data,
      type: typeof data[0] === "string" ? ("STRING" as const) : ("INT32" as const),
      nullable: false,
    }));
  const writer = new ByteWriter();
  const drain = async (): Promise<void> => {
    const written = writer.getBytes().slice();
    writer.index = 0;
    await sink.write(written);
  };
  const parquet = new ParquetWriter({
    writer,
    schema: schemaFromColumnData({ columnData: dataOf(columns) }),
    createdBy: "heed",
  });
  return {
    writeGroup: async (group: Columns) => {
      await parquet.write({ columnData: dataOf(group), rowGroupSize: groupRows });
      await drain();
    },
    end: async () => {
      await parquet.finish();
      await drain();
    },
  };
};
