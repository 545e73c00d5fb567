export { type News, nothingSaid, type Said, type Thumb, type Votes, type Voting } from "./create-voting.ts";
export { votingOf } from "./voting-of.ts";
