export type { CreateStore, StorePlace } from "./lab.ts";
export { type Law, laws } from "./laws.ts";
export { type TestStoreOptions, testStore } from "./test-store.ts";
