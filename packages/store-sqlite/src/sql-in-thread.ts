import type { SQLInputValue, SQLOutputValue } from "node:sqlite";
import { Worker } from "node:worker_threads";

interface Statement {
  readonly sql: string;
  readonly values?: readonly SQLInputValue[];
}

/** Runs in the thread, where nothing of this package is: a bundle of the host's may have put it anywhere. */
const script = `
const { parentPort, workerData } = require("node:worker_threads");
const { DatabaseSync } = require("node:sqlite");
const database = new DatabaseSync(workerData.path);
const failures = [];
let row;
for (const { sql, values = [] } of workerData.statements) {
  try {
    row = database.prepare(sql).get(...values);
  } catch (error) {
    failures.push(error);
  }
}
database.close();
if (failures.length > 0) throw failures[0];
parentPort.postMessage({ ...row });
`;

/**
 * Runs statements that take long on a connection and a thread of their own, and gives the first row of the last. All
 * are run, also after one has failed; the error is that of the first that did.
 */
export const sqlInThread = (
  path: string,
  statements: readonly Statement[],
): Promise<Record<string, SQLOutputValue>> =>
  new Promise((resolve, reject) => {
    // Of the process's own flags none is for this thread.
    const execArgv = ["--disable-warning=ExperimentalWarning"];
    const worker = new Worker(script, { eval: true, execArgv, workerData: { path, statements } });
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`the thread ended with ${code}`)));
  });
