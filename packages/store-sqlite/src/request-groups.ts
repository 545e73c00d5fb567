import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { type GroupQuery, groupAccumulator, labelReader, type RequestGroup } from "@heed/core";
import { requestColumns } from "./request-columns.ts";
import { allSources, boundsOf, readReactions } from "./request-scan.ts";
import { statementCache } from "./statement-cache.ts";

/** Requests summed up in one go: the event loop waits no longer than these take. */
const batchRequests = 16_384;

let instances = 0;

/**
 * Groups the folded requests of one tenant: SQLite hands their cells to an aggregate function in this process, so
 * that no row is ever made.
 */
export const requestGroups = (database: DatabaseSync, tenant: string) => {
  const prepare = statementCache(database);
  // A connection has one function of a name, and may be shared by the stores of several tenants.
  const sumUp = `heed_sum_up_${++instances}`;
  let step: (cells: readonly SQLOutputValue[]) => void = () => {};
  database.aggregate(sumUp, {
    start: 0,
    varargs: true,
    step: (seen: number, ...cells: SQLOutputValue[]) => {
      step(cells);
      return seen + 1;
    },
  });

  /** @param reach How far records were taken up. */
  return (query: GroupQuery, reach: number) => {
    const { by = [], score } = query;
    const wanted = requestColumns({ scores: score === undefined ? [] : [score], labels: by });
    const labelIn = labelReader();
    const { add, groups } = groupAccumulator(query);
    const firstLabel = score === undefined ? 3 : 4;
    const number = (cell: SQLOutputValue | undefined): number => (cell ?? Number.NaN) as number;

    let after = 0;
    return {
      /** Sums up the next batch; false when it was the last. */
      next: (): boolean => {
        step = (cells) => {
          const { exposed, discarded } = readReactions(cells[2] as number);
          add({
            timestampMs: number(cells[0]),
            humanScore: number(cells[1]),
            exposed,
            discarded,
            score: score === undefined ? Number.NaN : number(cells[3]),
            labels: by.map((label, at) => labelIn(label, cells[firstLabel + at]!)),
          });
        };
        for (const { sql, key, humanScore, reactions } of allSources) {
          const columns = ["timestamp_ms", humanScore, reactions, ...wanted.map((column) => column.sql)];
          prepare(
            `SELECT ${sumUp}(${columns.join(", ")}) FROM ${sql}
               AND tenant = ? AND ${key} > ? AND ${key} <= ? AND timestamp_ms >= ? AND timestamp_ms < ?`,
          ).get(
            ...wanted.flatMap(({ values }) => values),
            tenant,
            after,
            Math.min(after + batchRequests, reach),
            ...boundsOf(query),
          );
        }
        after += batchRequests;
        return after < reach;
      },
      groups: (): readonly RequestGroup[] => groups(),
    };
  };
};
