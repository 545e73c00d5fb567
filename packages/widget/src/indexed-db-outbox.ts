import type { Outbox, OutboxEvent } from "./outbox.ts";

/** A database that takes longer is taken for one that never answers, as some browsers' do after a while. */
const patienceMs = 3000;

const leaseKey = "lease";

interface Lease {
  readonly owner: string;
  readonly untilMs: number;
}

/**
 * An outbox in a database of its own in IndexedDB. A connection that the browser closed is opened anew, once; where
 * there is no IndexedDB, or it is full, blocked or broken, nothing is kept.
 *
 * @param name tells the databases of one origin apart
 */
export const indexedDbOutbox = (name: string): Outbox => {
  let opened: Promise<IDBDatabase> | undefined;
  let hangs = false;

  const open = (): Promise<IDBDatabase> =>
    new Promise((resolve, reject) => {
      const request = indexedDB.open(name);
      request.onupgradeneeded = () => request.result.createObjectStore("events");
      request.onerror = reject;
      request.onsuccess = () => {
        const { result } = request;
        // Whoever wants to delete or upgrade it must not wait for us.
        result.onversionchange = () => {
          result.close();
          opened = undefined;
        };
        resolve(result);
      };
    });

  /** Runs a transaction; false when it failed. */
  const run = async (
    mode: IDBTransactionMode,
    work: (events: IDBObjectStore) => unknown,
  ): Promise<boolean> => {
    for (let attempts = 0; attempts < 2 && !hangs; attempts++) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      try {
        await new Promise<void>((resolve, reject) => {
          timer = setTimeout(() => {
            hangs = true;
            reject();
          }, patienceMs);
          opened ??= open();
          opened
            .then((database) => {
              const transaction = database.transaction("events", mode);
              transaction.oncomplete = () => resolve();
              transaction.onabort = reject;
              work(transaction.objectStore("events"));
            })
            .catch(reject);
        });
        return true;
      } catch {
        opened = undefined;
      } finally {
        clearTimeout(timer);
      }
    }
    return false;
  };

  return {
    put: (added) =>
      run("readwrite", (events) => {
        for (const event of added) events.put(event, event.id);
      }),
    all: async () => {
      let keys: IDBRequest<IDBValidKey[]> | undefined;
      let rows: IDBRequest<unknown[]> | undefined;
      const done = await run("readonly", (events) => {
        keys = events.getAllKeys();
        rows = events.getAll();
      });
      // Whatever else lies there, something else has written.
      return done ? (rows?.result ?? []).filter((row, at) => isEvent(row, keys?.result[at])) : [];
    },
    remove: (ids) =>
      run("readwrite", (events) => {
        for (const id of ids) events.delete(id);
      }),
    lease: async (owner, untilMs, nowMs) => {
      let mine = true;
      await run("readwrite", (events) => {
        const request: IDBRequest<Lease | undefined> = events.get(leaseKey);
        request.onsuccess = () => {
          const { result: held } = request;
          // One that lasts twice as long as ours would is from a clock that was ahead.
          const leftMs = (held?.untilMs ?? 0) - nowMs;
          mine = held?.owner === owner || leftMs <= 0 || leftMs > 2 * Math.abs(untilMs - nowMs);
          if (mine) events.put({ owner, untilMs } satisfies Lease, leaseKey);
        };
      });
      return mine;
    },
  };
};

const isEvent = (row: unknown, key: unknown): row is OutboxEvent => {
  const { id, userId, json, atMs, bytes } = (row ?? {}) as Partial<OutboxEvent>;
  return (
    id === key &&
    `${userId}` === userId &&
    `${json}` === json &&
    Number.isFinite(atMs) &&
    Number.isFinite(bytes)
  );
};
