/** Runs in a page, or a worker, of the fault lab: a client whose clock ticks faster, and what the test may ask it. */
import { createFeedback, type FeedbackOptions, memoryOutbox, type NewFeedback } from "@heed/widget";

const { searchParams } = new URL(location.href);

/** Waits shrink by this, as nobody has five minutes. */
const haste = Number(searchParams.get("haste") ?? 50);

const drops: [reason: string, count: number][] = [];
const problems: string[] = [];
const recorded: string[] = [];
const outcomes = new Map<string, string>();
let sendKey = "a key that was taken back";

/** What a host's own mistake does in a callback. */
const mayThrow = (): void => {
  if (searchParams.has("throwing")) throw new Error("The host's own mistake");
};

const options: FeedbackOptions = {
  endpoint: searchParams.get("endpoint")!,
  userId: searchParams.get("user")!,
  timeoutMs: Number(searchParams.get("timeoutMs") ?? 400),
  consent: (searchParams.get("consent") ?? "granted") as FeedbackOptions["consent"] & string,
  schedule: (task, delayMs) => {
    const timer = setTimeout(task, delayMs / haste);
    return () => clearTimeout(timer);
  },
  onDrop: (reason, count) => {
    drops.push([reason, count]);
    // A page that dies in the next moment has told of it all the same.
    if (searchParams.has("tally")) localStorage.setItem(`drop ${Math.random()}`, String(count));
    mayThrow();
  },
  onError: ({ code }) => {
    problems.push(code);
    mayThrow();
  },
  ...(searchParams.has("memory") && { outbox: memoryOutbox }),
  ...(searchParams.has("key") && { headers: () => ({ "x-key": sendKey }) }),
};
const feedback = createFeedback(options);

/** Records an event and gives its id. */
const record = (event: NewFeedback): string => {
  const receipt = feedback.record(event);
  const { id } = receipt.event;
  recorded.push(id);
  receipt.then((outcome) => outcomes.set(id, outcome));
  return id;
};

const ask = <Result>(request: IDBRequest<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Works on the outbox on disk, behind the client's back. */
const withDisk = async <Result>(work: (events: IDBObjectStore) => IDBRequest<Result>): Promise<Result> => {
  const opening = indexedDB.open(`heed ${options.endpoint}`);
  // To make it is the client's part.
  opening.onupgradeneeded = () => opening.transaction?.abort();
  const database = await ask(opening);
  try {
    return await ask(work(database.transaction("events", "readwrite").objectStore("events")));
  } finally {
    database.close();
  }
};

/** The ids in the outbox on disk. */
const onDisk = async (): Promise<string[]> => {
  const databases = await indexedDB.databases();
  if (!databases.some(({ name }) => name === `heed ${options.endpoint}`)) return [];
  const keys = await withDisk((events) => events.getAllKeys());
  return keys.map(String).filter((key) => key !== "lease");
};

/** Records some events at once, and gives their ids. */
const recordMany = (count: number, explicit: boolean): string[] =>
  Array.from({ length: count }, (_, index) => {
    const requestId = `req-${index}`;
    return explicit
      ? record({ requestId, type: "explicit_rating", value: 1 + (index % 5) })
      : record({ requestId, type: "implicit_usage", value: "copied" });
  });

/** What must not be lost if this page goes: what the disk has, and what it was told is stored. */
const safe = async (canKeep: boolean) => {
  const kept = canKeep ? await onDisk() : [];
  const stored = [...outcomes].filter(([, outcome]) => outcome === "stored").map(([id]) => id);
  const ids = [...kept, ...stored];
  return { ids, unsafe: recorded.filter((id) => !ids.includes(id) && !outcomes.has(id)) };
};

/** How many drops all pages of this profile told of, those that are gone too. */
const tally = (): number =>
  Object.entries(localStorage).reduce(
    (sum, [key, count]) => sum + (key.startsWith("drop ") ? Number(count) : 0),
    0,
  );

/** Whether the fate of so many events is known, and nothing waits. */
const isDone = async (canKeep: boolean, own: number): Promise<boolean> => {
  await feedback.flush();
  return outcomes.size >= own && (!canKeep || (await onDisk()).length === 0);
};

/** As if the user looked at another tab. */
const look = (at: "elsewhere" | "here"): void => {
  if (at === "elsewhere")
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
  else Reflect.deleteProperty(document, "visibilityState");
  document.dispatchEvent(new Event("visibilitychange"));
};

/** As if the user looked at another tab for a moment. */
const glanceAway = (): void => {
  look("elsewhere");
  look("here");
};

/** What a page records before anybody sees it. */
const early = searchParams.has("early") ? recordMany(3, true) : [];
const wasPrerendered = globalThis.document && "prerendering" in document && document.prerendering;

const rotateKey = (): void => {
  sendKey = "a key that is good";
};

globalThis.document
  ?.querySelector("button")
  ?.addEventListener("click", () =>
    record({ requestId: options.userId!, type: "explicit_thumbs_up", value: true }),
  );

Object.assign(globalThis, {
  lab: {
    feedback,
    record,
    recordMany,
    onDisk,
    withDisk,
    safe,
    tally,
    isDone,
    look,
    glanceAway,
    rotateKey,
    early,
    wasPrerendered,
    drops,
    problems,
    outcomes,
  },
});
