import type { ClickHouseClient } from "./clickhouse-client.ts";
import type { MissingShards } from "./engine.ts";

interface Tables {
  /**
   * The database of the tables, which `setup()` makes if it is not there.
   * @default "heed"
   */
  readonly database?: string;
  /**
   * Whose records these are. Stores of different tenants on one database never see each other.
   * @default "default"
   */
  readonly tenant?: string;
}

interface Cluster {
  /**
   * A cluster, by the name that it has in `system.clusters`; without it, the tables are on one node.
   * @default none
   */
  readonly cluster?: string;
  /**
   * A client for every node of the cluster, the given one included: through these the tables are made and records
   * removed. Without them, and without `distributedDdl`, `setup()` makes the tables on the given client's node alone, and
   * nothing can be removed.
   */
  readonly nodes?: readonly ClickHouseClient[];
  /**
   * Whether tables are made and records removed by `ON CLUSTER`, for which the cluster needs a keeper.
   * @default false
   */
  readonly distributedDdl?: boolean;
  /**
   * Whether the cluster keeps copies of its shards: then the tables are `Replicated`.
   * @default what `system.clusters` says
   */
  readonly replicated?: boolean;
}

interface Complete {
  /**
   * Whether an answer may rest on a part of the data when shards are gone.
   * @default false
   */
  readonly allowPartial?: false;
}

/** Whoever takes partial answers has to be told of each. */
interface Incomplete {
  readonly allowPartial: true;
  /** Is called before the answer that a part is missing of. */
  readonly onPartial: (missing: MissingShards) => void;
}

export type ClickHouseStoreOptions = Tables & Cluster & (Complete | Incomplete);
