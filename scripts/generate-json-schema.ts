import { writeFile } from "node:fs/promises";
import { jsonSchema } from "@heed/schema";

const file = new URL("../packages/schema/heed.schema.json", import.meta.url);
await writeFile(file, `${JSON.stringify(jsonSchema(), null, 2)}\n`);
