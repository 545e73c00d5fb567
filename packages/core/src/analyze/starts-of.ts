/** Where the votes of each request begin in a column of all, and after the last one, where they end. */
export const startsOf = (votes: Float64Array): Uint32Array => {
  const starts = new Uint32Array(votes.length + 1);
  for (let request = 0; request < votes.length; request++)
    starts[request + 1] = starts[request]! + votes[request]!;
  return starts;
};
