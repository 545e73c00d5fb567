import { createHash } from "node:crypto";
import { canonicalJson } from "../canonical-json.ts";
import { readAll } from "../read-all.ts";
import type { AppendOutcome, Page, PageRequest, Store } from "../store.ts";

export interface CopyOptions {
  /** Is told how many items have been gone through, of all collections and in both passes. */
  readonly onProgress?: ((items: number) => void) | undefined;
  /** Stops between two pages; what was copied stays, and copying again goes on from there. */
  readonly signal?: AbortSignal | undefined;
}

/** What became of one collection. */
export interface CopiedCollection {
  /** Items of the source. */
  readonly count: number;
  /** Those that were not in the target before. */
  readonly copied: number;
  /** Those whose user was erased from the target, which refuses them. */
  readonly erased: number;
  /** Those that the target has not, though it does not refuse them: they came while the copy was made. */
  readonly missing: number;
  /** Those whose id belongs to something else in the target. */
  readonly different: number;
  /** Items that the target alone has. */
  readonly extra: number;
  /**
   * SHA-256 of the source's items in the order of their ids, as canonical JSON, in hexadecimal; without those that the
   * target refuses.
   */
  readonly digest: string;
  /** The same of the target, without `extra` items. */
  readonly targetDigest: string;
  /** Whether nothing is missing and both digests are the same. */
  readonly verified: boolean;
}

/** What a copy has found, a collection each. */
export interface StoreCopy {
  readonly feedback: CopiedCollection;
  readonly evaluations: CopiedCollection;
  readonly changes: CopiedCollection;
  /** Whether all of them are. */
  readonly verified: boolean;
}

/**
 * Copies everything from one store into another, page by page in the order of the ids, and then reads both to compare
 * count and digest. Whatever the target has already is passed over: a copy that was stopped goes on where it was, and
 * one that is made again finds nothing to do. Users who were erased from the source are refused by the target too.
 *
 * @throws HeedError the errors of both stores; what was copied stays
 *
 * @example
 * const { verified } = await copyStore(sqliteStore("heed.db"), postgresStore(pool));
 */
export const copyStore = async (from: Store, to: Store, options: CopyOptions = {}): Promise<StoreCopy> => {
  const steps = stepsOf(options);
  await to.addErasedUsers(await from.readErasedUsers());
  const feedback = await copyCollection(
    (page) => from.readFeedback({}, page),
    (page) => to.readFeedback({}, page),
    (items) => to.appendFeedback(items),
    steps,
  );
  const evaluations = await copyCollection(
    (page) => from.readEvaluations({}, page),
    (page) => to.readEvaluations({}, page),
    (items) => to.appendEvaluations(items),
    steps,
  );
  const changes = await copyCollection(
    (page) => from.readChanges({}, page),
    (page) => to.readChanges({}, page),
    (items) => to.appendChanges(items),
    steps,
  );
  const verified = feedback.verified && evaluations.verified && changes.verified;
  return { feedback, evaluations, changes, verified };
};

type Steps = ReturnType<typeof stepsOf>;
type Read<Item> = (page: PageRequest) => Promise<Page<Item>>;

const pageSize = 1_000;

const stepsOf = ({ onProgress, signal }: CopyOptions) => {
  let items = 0;
  return (count: number): void => {
    signal?.throwIfAborted();
    items += count;
    onProgress?.(items);
  };
};

const copyCollection = async <Item extends { readonly id: string }>(
  readSource: Read<Item>,
  readTarget: Read<Item>,
  append: (items: readonly Item[]) => Promise<readonly AppendOutcome[]>,
  step: Steps,
): Promise<CopiedCollection> => {
  let copied = 0;
  const erasedIds = new Set<string>();
  let after: string | undefined;
  do {
    const page = await readSource({ after, limit: pageSize });
    const present = await readTarget({ after, limit: pageSize });
    if (!isSame(page.items, present.items)) {
      const outcomes = await append(page.items);
      for (const [at, outcome] of outcomes.entries()) {
        if (outcome === "stored") copied++;
        if (outcome === "erased") erasedIds.add(page.items[at]!.id);
      }
    }
    step(page.items.length);
    after = page.next;
  } while (after !== undefined);
  return { copied, erased: erasedIds.size, ...(await compare(readSource, readTarget, erasedIds, step)) };
};

const isSame = (some: readonly object[], others: readonly object[]): boolean =>
  some.length === others.length &&
  some.every((item, at) => canonicalJson(item) === canonicalJson(others[at]!));

/** Goes through both in step, by their ids. */
const compare = async <Item extends { readonly id: string }>(
  readSource: Read<Item>,
  readTarget: Read<Item>,
  erased: ReadonlySet<string>,
  step: Steps,
) => {
  const source = createHash("sha256");
  const target = createHash("sha256");
  let [count, missing, different, extra] = [0, 0, 0, 0];
  const theirs = readAll((_, page) => readTarget(page), {});
  let other = await theirs.next();
  for await (const item of readAll((_, page) => readSource(page), {})) {
    if (count++ % pageSize === 0) step(pageSize);
    if (erased.has(item.id)) continue;
    const text = `${canonicalJson(item)}\n`;
    source.update(text);
    for (; !other.done && other.value.id < item.id; other = await theirs.next()) extra++;
    if (other.done || other.value.id !== item.id) {
      missing++;
      continue;
    }
    const otherText = `${canonicalJson(other.value)}\n`;
    target.update(otherText);
    if (text !== otherText) different++;
    other = await theirs.next();
  }
  for (; !other.done; other = await theirs.next()) extra++;
  const [digest, targetDigest] = [source.digest("hex"), target.digest("hex")];
  return {
    count,
    missing,
    different,
    extra,
    digest,
    targetDigest,
    verified: missing === 0 && digest === targetDigest,
  };
};
