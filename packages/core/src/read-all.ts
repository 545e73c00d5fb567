import type { Page, PageRequest } from "./store.ts";

const pageSize = 5_000;

/** Every item that matches a filter, page by page, in the order of the ids. */
export async function* readAll<Filter, Item>(
  read: (filter: Filter, page: PageRequest) => Promise<Page<Item>>,
  filter: Filter,
): AsyncGenerator<Item, void, undefined> {
  let after: string | undefined;
  do {
    const page = await read(filter, { after, limit: pageSize });
    yield* page.items;
    after = page.next;
  } while (after !== undefined);
}
