import { type ItemResult, isStorableTime, newId, rejectItem, timeOfId, type Validated } from "@heed/schema";
import { HeedError } from "../errors.ts";
import type { AppendOutcome } from "../store.ts";

export interface RecordOptions {
  /**
   * Tells the time, for items that bring no id.
   * @default () => new Date()
   */
  readonly now?: () => Date;
}

interface Kind<Parsed, Recorded> {
  readonly validate: (input: unknown) => Validated<Parsed>;
  /** The largest item, as JSON in UTF-8 bytes. */
  readonly maxBytes: number;
  readonly append: (items: readonly Recorded[]) => Promise<readonly AppendOutcome[]>;
}

type Given = { id?: string | undefined; timestamp?: Date | undefined };
type Completed<Parsed> = Parsed & { id: string; timestamp: Date };

/** Records one item or many, and answers with one result or many. */
export const recordInput = async <Parsed extends Given, Recorded>(
  kind: Kind<Parsed, Recorded>,
  input: unknown,
  { now = () => new Date() }: RecordOptions = {},
): Promise<ItemResult | readonly ItemResult[]> => {
  if (Array.isArray(input)) return recordItems(kind, input, now);
  const [result] = await recordItems(kind, [input], now);
  return result!;
};

/** Validates items, gives each an id and a time where it lacks one, appends what is valid, answers for all. */
const recordItems = async <Parsed extends Given, Recorded>(
  { validate, maxBytes, append }: Kind<Parsed, Recorded>,
  inputs: readonly unknown[],
  now: () => Date,
): Promise<readonly ItemResult[]> => {
  const results: ItemResult[] = [];
  const places: number[] = [];
  const items: Completed<Parsed>[] = [];

  for (let at = 0; at < inputs.length; at++) {
    const input = inputs[at];
    const checked = validate(input);
    if (!checked.valid) results[at] = rejectItem(input, "INVALID_EVENT", checked.issues);
    else if (isLarger(checked.value, maxBytes))
      results[at] = rejectItem(input, "TOO_LARGE", [
        { path: "", message: `At most ${maxBytes} bytes of JSON` },
      ]);
    else {
      places.push(at);
      items.push(complete(checked.value, now));
    }
  }

  const outcomes = items.length > 0 ? await append(items as unknown as Recorded[]) : [];
  items.forEach(({ id }, index) => {
    const status = outcomes[index]!;
    results[places[index]!] =
      status === "erased"
        ? {
            id,
            status: "rejected",
            code: "USER_ERASED",
            issues: [{ path: "userId", message: "This user was erased" }],
          }
        : { id, status };
  });
  return results;
};

const isComplete = <Parsed extends Given>(item: Parsed): item is Completed<Parsed> =>
  item.id !== undefined && item.timestamp !== undefined;

const complete = <Parsed extends Given>(item: Parsed, now: () => Date): Completed<Parsed> => {
  if (isComplete(item)) return item;
  if (item.id !== undefined) return { ...item, id: item.id, timestamp: timeOfId(item.id) };
  // Ids only rise: one made from a timestamp of the caller's choosing could push all later ones into the future.
  const id = newId(storableTime(now()));
  return { ...item, id, timestamp: item.timestamp ?? timeOfId(id) };
};

/** One id from beyond the times that can be stored would make every later one of this process unstorable. */
const storableTime = (time: Date): number => {
  if (isStorableTime(time)) return time.getTime();
  throw new HeedError("INVALID_QUERY", "now gives no time from 1970 up to 2200");
};

const isLarger = (item: object, maxBytes: number): boolean =>
  mostBytes(item) > maxBytes && new TextEncoder().encode(JSON.stringify(item)).length > maxBytes;

/** More bytes than a valid item can take as JSON; much cheaper than writing the JSON, and mostly enough to know. */
const mostBytes = (value: unknown): number => {
  // A control character takes six, as in \u0000; a number, a boolean or a date never as many as 32.
  if (typeof value === "string") return 2 + 6 * value.length;
  if (typeof value !== "object" || value === null || value instanceof Date) return 32;
  let bytes = 2;
  for (const key in value) bytes += 4 + 6 * key.length + mostBytes(value[key as keyof typeof value]);
  return bytes;
};
