import type { Cells } from "./engine.ts";
import type { CollectionName } from "./place.ts";
import type { Row } from "./row-binary.ts";

/** How the items of one collection lie in their table. */
export interface CollectionTable<Item> {
  readonly name: CollectionName;
  readonly toCells: (item: Item) => Row;
  readonly fromCells: (cells: Cells) => Item;
  /** Whose the item is; nobody's, where users have no part in it. */
  readonly userOf: (item: Item) => string | undefined;
  /** What decides on which shard the item lies: the value of the sharding column. */
  readonly shardingKeyOf: (item: Item) => string;
}
