import type { Edit } from "@heed/schema";

/** Characters in a row that are compared. */
const size = 4;

/**
 * What is left of an output in a text that came of it, by character 4-grams, each as often as it occurs:
 * Sørensen-Dice similarity, `2|A∩B| / (|A| + |B|)`, and containment, `|A∩B| / |A|`, of the output A in the text B.
 * Both are from 0 to 1; of texts under 4 characters, 1 if they are equal and else 0. Similarity alone could not tell
 * adding from cutting. `lengthRatio` is not finite where the output is empty.
 *
 * @example
 * compareTexts("abcdefgh", "efghabcd"); // { similarity: 0.4, containment: 0.4, lengthRatio: 1 }
 */
export const compareTexts = (
  output: string,
  edited: string,
): Pick<Edit, "similarity" | "containment" | "lengthRatio"> => {
  const lengthRatio = edited.length / output.length;
  const ofOutput = output.length - size + 1;
  const ofEdited = edited.length - size + 1;
  if (ofOutput < 1 || ofEdited < 1) {
    const same = output === edited ? 1 : 0;
    return { similarity: same, containment: same, lengthRatio };
  }

  const left = new Map<string, number>();
  for (let at = 0; at < ofOutput; at++) {
    const gram = output.slice(at, at + size);
    left.set(gram, (left.get(gram) ?? 0) + 1);
  }
  let shared = 0;
  for (let at = 0; at < ofEdited; at++) {
    const gram = edited.slice(at, at + size);
    const count = left.get(gram);
    if (!count) continue;
    left.set(gram, count - 1);
    shared++;
  }
  return {
    similarity: (2 * shared) / (ofOutput + ofEdited),
    containment: shared / ofOutput,
    lengthRatio,
  };
};
