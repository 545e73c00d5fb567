import type { Page, PageRequest } from "./store.ts";

/** What matches a filter, page by page in the order of the ids; each page is read once the one before was dealt with. */
export async function* readPages<Filter, Item>(
  read: (filter: Filter, page: PageRequest) => Promise<Page<Item>>,
  filter: Filter,
  limit: number,
): AsyncGenerator<readonly Item[], void, undefined> {
  let after: string | undefined;
  do {
    const page = await read(filter, { after, limit });
    if (page.items.length > 0) yield page.items;
    after = page.next;
  } while (after !== undefined);
}
