export { migrations } from "./schema.ts";
export { type SqliteStoreOptions, sqliteStore } from "./sqlite-store.ts";
