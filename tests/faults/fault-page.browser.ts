/** Runs in the page of a fault run: a client whose clock ticks faster, and what the test may ask it. */
import { createFeedback, type FeedbackOptions, memoryOutbox, type NewFeedback } from "@heed/widget";

const { searchParams } = new URL(location.href);

/** Waits shrink by this, as nobody has five minutes. */
const haste = Number(searchParams.get("haste") ?? 50);

const drops: [reason: string, count: number][] = [];
const problems: string[] = [];
const outcomes = new Map<string, string>();

const options: FeedbackOptions = {
  endpoint: searchParams.get("endpoint")!,
  userId: searchParams.get("user") ?? "user-1",
  timeoutMs: Number(searchParams.get("timeoutMs") ?? 400),
  consent: searchParams.get("consent") as FeedbackOptions["consent"] & string,
  schedule: (task, delayMs) => {
    const timer = setTimeout(task, delayMs / haste);
    return () => clearTimeout(timer);
  },
  onDrop: (reason, count) => drops.push([reason, count]),
  onError: ({ code }) => problems.push(code),
  ...(searchParams.has("memory") && { outbox: memoryOutbox }),
};
const feedback = createFeedback({ ...options, consent: options.consent ?? "granted" });

/** Records an event and gives its id. */
const record = (event: NewFeedback): string => {
  const receipt = feedback.record(event);
  const { id } = receipt.event;
  receipt.then((outcome) => outcomes.set(id, outcome));
  return id;
};

const ask = <Result>(request: IDBRequest<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** The ids in the outbox on disk, read behind the client's back. */
const onDisk = async (): Promise<string[]> => {
  const name = `heed ${options.endpoint}`;
  if (!(await indexedDB.databases()).some((database) => database.name === name)) return [];
  const database = await ask(indexedDB.open(name));
  try {
    const keys = await ask(database.transaction("events").objectStore("events").getAllKeys());
    return keys.map(String).filter((key) => key !== "lease");
  } finally {
    database.close();
  }
};

/** Records some events at once, and gives their ids. */
const recordMany = (count: number, explicit: boolean): string[] =>
  Array.from({ length: count }, (_, index) => {
    const requestId = `req-${index}`;
    return explicit
      ? record({ requestId, type: "explicit_rating", value: 1 + (index % 5) })
      : record({ requestId, type: "implicit_usage", value: "copied" });
  });

/** What must not be lost if this page goes: what the disk has, and what it was told is stored; and what it was told of. */
const safe = async (canKeep: boolean): Promise<{ readonly ids: string[]; readonly drops: typeof drops }> => {
  const stored = [...outcomes].filter(([, outcome]) => outcome === "stored").map(([id]) => id);
  return { ids: [...(canKeep ? await onDisk() : []), ...stored], drops };
};

/** Whether the fate of so many events is known, and nothing waits. */
const isDone = async (canKeep: boolean, own: number): Promise<boolean> => {
  await feedback.flush();
  return outcomes.size >= own && (!canKeep || (await onDisk()).length === 0);
};

/** As if the user looked at another tab for a moment. */
const glanceAway = (): void => {
  Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
  Reflect.deleteProperty(document, "visibilityState");
  document.dispatchEvent(new Event("visibilitychange"));
};

Object.assign(window, {
  lab: { feedback, record, recordMany, onDisk, safe, isDone, glanceAway, drops, problems, outcomes },
});
