import { readPages } from "./read-pages.ts";
import type { Page, PageRequest } from "./store.ts";

const pageSize = 5_000;

/** Every item that matches a filter, page by page, in the order of the ids. */
export async function* readAll<Filter, Item>(
  read: (filter: Filter, page: PageRequest) => Promise<Page<Item>>,
  filter: Filter,
): AsyncGenerator<Item, void, undefined> {
  for await (const items of readPages(read, filter, pageSize)) yield* items;
}
