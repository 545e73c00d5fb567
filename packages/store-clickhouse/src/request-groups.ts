import { type GroupQuery, labelReader, type RequestGroup } from "@heed/core";
import type { Cells, Engine } from "./engine.ts";
import { onEveryShard, type Place } from "./place.ts";
import { pivotOf, requestRows } from "./request-sql.ts";
import { type GroupCell, sumCells } from "./sum-cells.ts";
import { voteReader } from "./vote-reader.ts";

const noScores = { n: 0, pivot: 0, mean: 0, m2: 0 };

/**
 * Groups the folded requests of one tenant. Each node sums up its requests by group and by the votes that stand: of
 * those there are few combinations, and core knows what human score each of them makes.
 */
export const groupRows = async (
  place: Place,
  { read }: Engine,
  tenant: string,
  query: GroupQuery,
): Promise<readonly RequestGroup[]> => {
  const { by = [], periods, score, scoreEdges, since, until } = query;
  const starts = periods?.map((start) => start.getTime());
  if (starts?.length === 0) return [];

  const wanted = { labels: by, scores: score === undefined ? [] : [score], since, until };
  const requests = requestRows(place, wanted);
  const hasScore = score !== undefined;
  const period = starts ? "roundDown(assumeNotNull(logged_ms), {periods:Array(Int64)})" : "0";
  const isIn = `logged_ms IS NOT NULL${starts ? " AND logged_ms >= {periods:Array(Int64)}[1]" : ""}`;
  const bin =
    scoreEdges === undefined
      ? "0"
      : hasScore
        ? "if(isNull(score_0), -1, arrayCount(edge -> edge <= assumeNotNull(score_0), JSONExtract({edges:String}, 'Array(Float64)')))"
        : "-1";
  const labels = by.map((_, at) => `label_${at}`);
  const groups = [...labels, `${period} AS period`, `toInt64(${bin}) AS bin`, "ifNull(votes, '') AS given"];
  const sums = [
    "count() AS logged",
    "sum(ifNull(exposed, 0)) AS seen",
    "sum(ifNull(discarded, 0)) AS thrown_away",
    // From the pivot, values far from zero keep their digits, and by the sums of Kahan and Welford many values do.
    ...(hasScore
      ? [
          "count(score_0) AS scored",
          `${pivotOf(place, wanted)} AS pivot`,
          "sumKahan(score_0 - pivot) AS beyond",
          "varPopStable(score_0 - pivot) AS variance",
        ]
      : ["0 AS scored", "0 AS pivot", "0 AS beyond", "0 AS variance"]),
  ];
  const sql = `SELECT ${[...groups, ...sums].join(", ")} FROM (${requests.sql}) WHERE ${isIn}
    GROUP BY ${[...labels, "period", "bin", "given"].join(", ")}`;
  const rows = await read(`SELECT * FROM ${onEveryShard(place, sql)}`, {
    ...requests.bound,
    tenant,
    ...(starts && { periods: starts }),
    ...(scoreEdges && hasScore && { edges: JSON.stringify(scoreEdges) }),
  });

  const readLabel = labelReader();
  const readVotes = voteReader();
  const toCell = (cells: Cells): GroupCell => {
    const [start, scoreBin, votes, ...sums] = cells.slice(by.length) as [number, number, string, ...number[]];
    const [logged = 0, exposed = 0, discarded = 0, n = 0, pivot = 0, beyond = 0, variance = 0] = sums;
    return {
      labels: by.map((label, at) => readLabel(label, cells[at])),
      period: starts ? starts.lastIndexOf(start) : 0,
      scoreBin: scoreBin < 0 ? null : scoreBin,
      humanScore: readVotes(votes).humanScore,
      logged,
      exposed,
      discarded,
      score: n === 0 ? noScores : { n, pivot, mean: beyond / n, m2: variance * n },
    };
  };
  return sumCells(rows.map(toCell));
};
