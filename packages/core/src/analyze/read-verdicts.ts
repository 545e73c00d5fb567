import { countRequests } from "../requests/count-requests.ts";
import type { Vote } from "../requests/fold-feedback.ts";
import { scanRequests } from "../requests/scan-requests.ts";
import type { Store } from "../store.ts";
import { verdictCodes } from "./verdict-code.ts";

interface VerdictsQuery {
  readonly score: string;
  readonly since: Date | undefined;
  readonly until: Date | undefined;
  readonly humanCode: (humanScore: number) => number;
  readonly evaluatorCode: (score: number) => number;
  /** Is told the votes of each logged request, with the score or without. */
  readonly eachVote: (votes: readonly Vote[]) => void;
}

/** Reads the verdicts of both sides on the voted requests of a period, in one scan. */
export const readVerdicts = async (store: Store, query: VerdictsQuery) => {
  const { score, since, until, humanCode, evaluatorCode, eachVote } = query;
  const human: number[] = [];
  const evaluator: number[] = [];
  const table = Array.from(Object.keys(verdictCodes), () => [0, 0, 0]);
  let [voted, noScore, notLogged] = [0, 0, 0];
  const wanted = { scores: [score], votedOnly: true, eachVote: true, since, until };
  for await (const { requestIds, timestampMs, scores, humanScore, eachVote: votes } of scanRequests(
    store,
    wanted,
  )) {
    for (let at = 0; at < requestIds.length; at++) {
      if (Number.isNaN(timestampMs[at])) {
        notLogged++;
        continue;
      }
      voted++;
      eachVote(votes[at]!);
      if (Number.isNaN(scores[0]![at])) {
        noScore++;
        continue;
      }
      const [row, column] = [humanCode(humanScore[at]!), evaluatorCode(scores[0]![at]!)];
      human.push(row);
      evaluator.push(column);
      table[row]![column]! += 1;
    }
  }
  const noVotes = (await countRequests(store, { since, until })) - voted;
  return { human, evaluator, table, dropped: { noVotes, noScore, notLogged } };
};
