import type { Cells } from "./engine.ts";
import type { CollectionName } from "./place.ts";

/** How the items of one collection lie in their table. */
export interface CollectionTable<Item> {
  readonly name: CollectionName;
  /** Begin with the id, and are in the order of an item's cells. */
  readonly columns: readonly string[];
  readonly toCells: (item: Item) => Cells;
  readonly fromCells: (cells: Cells) => Item;
  /** Whose the item is; nobody's, where users have no part in it. */
  readonly userOf: (item: Item) => string | undefined;
  /** What decides on which shard the item lies: the value of the sharding column. */
  readonly shardingKeyOf: (item: Item) => string;
}
