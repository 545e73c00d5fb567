/**
 * The fault scenarios of networks, by number: 1 to 16. Those of pages are in `fault-scenarios-pages.test.ts`, of storage and
 * tabs in `fault-scenarios-storage.test.ts`, of hosts and input in `fault-scenarios-hosts.test.ts`.
 *
 * In 3 the browser's driver says what a resolver, a firewall or an ad blocker would; in 6 the 30 seconds are shorter.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setUpVisitors } from "./set-up-visitors.ts";
import { type FaultLab, startFaultLab } from "./start-fault-lab.ts";

const setting = setUpVisitors();
const { visit, eventually } = setting;

/** Time between the first two requests. */
const waitedMs = ({ requests }: Awaited<ReturnType<typeof visit>>): number =>
  requests()[1]!.atMs - requests()[0]!.atMs;

const idsIn = (body: string): string[] =>
  (JSON.parse(body) as { events: { id: string }[] }).events.map(({ id }) => id);

const wait = (seconds: string) => ({ status: 429, headers: { "retry-after": seconds } });

it("1. offline at start: a page from the cache keeps its events, and sends them when there is a network", async () => {
  const { context, page, open, vote, kept, arrives, requests } = await visit({ options: { cached: "" } });
  await page.close();
  await context.setOffline(true);
  const offline = await open();
  await vote(2, offline);
  await kept(offline);
  expect(requests()).toEqual([]);
  await context.setOffline(false);
  await arrives(offline);
});

it("2. offline in the middle of a request: its events are stored once", async () => {
  const { context, vote, requested, arrives } = await visit({ faults: [{ slowMs: 300 }] });
  await vote(3);
  await requested(1);
  await context.setOffline(true);
  await vote(2);
  await context.setOffline(false);
  await arrives();
});

it.each(["blockedbyclient", "namenotresolved", "connectionrefused", "accessdenied"])(
  "3. %s, for good: events wait on disk for a visit without it",
  async (failure) => {
    const { context, page, open, vote, problems, kept, arrives } = await visit();
    await context.route("**/v1/feedback", (route) => route.abort(failure));
    await vote(3);
    await eventually(async () => (await problems()).length).toBeGreaterThanOrEqual(6);
    expect(new Set(await problems())).toEqual(new Set(["network"]));
    await kept();
    await page.close();
    await context.unroute("**/v1/feedback");
    await arrives(await open());
  },
);

it("4. a timeout although the server accepted: the same id is sent again, and stored once", async () => {
  const { vote, requests, requested, arrives } = await visit({
    faults: [{ lateMs: 1500 }],
    options: { timeoutMs: "400" },
  });
  const ids = await vote();
  await requested(2);
  await arrives();
  expect(
    requests()
      .slice(0, 2)
      .map(({ body }) => idsIn(body)),
  ).toEqual([ids, ids]);
});

it.each(["answer lost", "answer cut", "reset"] as const)(
  "5. %s: sent again, and stored once",
  async (fault) => {
    const { vote, requests, arrives } = await visit({ faults: [fault, fault] });
    await vote(3);
    await arrives();
    expect(requests()).toHaveLength(3);
  },
);

it("6. a slow network: one request at a time, and what comes meanwhile follows", async () => {
  const { vote, requests, arrives } = await visit({
    faults: [{ slowMs: 700 }, { slowMs: 700 }],
  });
  for (let round = 0; round < 5; round++) {
    await vote(2);
    await sleep(50);
  }
  await arrives();
  expect(requests().map(({ besides }) => besides)).toEqual([0, 0]);
});

it("7. 500, 502, 503 and 504 in a row: sent until it is stored", async () => {
  const { vote, requests, arrives, drops } = await visit({
    faults: [500, 502, 503, 504].map((status) => ({ status })),
  });
  await vote(2);
  await arrives();
  expect(requests()).toHaveLength(5);
  expect(await drops()).toEqual([]);
});

it("8. 429 with Retry-After in seconds: nothing is sent sooner, whatever happens on the page", async () => {
  const visitor = await visit({ faults: [{ ...wait("1"), afterMs: 300 }], options: { haste: "1" } });
  await visitor.vote();
  await visitor.requested(1);
  await visitor.vote();
  await eventually(() => visitor.problems()).toEqual(["unavailable"]);
  await visitor.vote();
  await visitor.page.evaluate(`dispatchEvent(new Event("online"))`);
  await visitor.page.evaluate(`dispatchEvent(new Event("pageshow"))`);
  await visitor.arrives();
  expect(waitedMs(visitor)).toBeGreaterThan(300 + 990);
});

describe("9. 429 with another Retry-After", () => {
  it("as a date is waited for", async () => {
    const date = new Date(Date.now() + 3000);
    const visitor = await visit({ faults: [wait(date.toUTCString())], options: { haste: "1" } });
    await visitor.vote();
    await visitor.arrives();
    expect(visitor.requests()[1]!.atMs).toBeGreaterThan(Math.floor(date.getTime() / 1000) * 1000 - 10);
  });

  it.each(["99999999999999999999", "Fri, 01 Jan 2199 00:00:00 GMT"])(
    "%s, is waited for a day and no longer",
    async (header) => {
      const visitor = await visit({ faults: [wait(header)], options: { haste: String(24 * 3600) } });
      await visitor.vote();
      await visitor.arrives();
      expect(waitedMs(visitor)).toBeGreaterThan(990);
    },
  );

  it.each(["Sun, 22 Nov 2020 12:00:00 GMT", "soon", "-5", "0", ""])(
    "%j is no reason to wait",
    async (header) => {
      const { vote, requests, arrives } = await visit({ faults: [wait(header)] });
      await vote();
      await arrives();
      expect(requests()).toHaveLength(2);
    },
  );
});

describe("10. 413", () => {
  it("halves the batch until it fits", async () => {
    const { vote, requests, arrives, drops } = await visit({
      faults: (_, body) => (idsIn(body).length > 3 ? { status: 413 } : "none"),
    });
    await vote(20);
    await arrives();
    expect(
      requests()
        .slice(0, 4)
        .map(({ body }) => idsIn(body).length),
    ).toEqual([20, 10, 5, 2]);
    expect(await drops()).toEqual([]);
  });

  it("of one event alone gives it up, and the others arrive", async () => {
    const { vote, record, recorded, arrives, drops } = await visit({
      faults: (_, body) => (body.includes("large") ? { status: 413 } : "none"),
    });
    await vote(3);
    const large = await record(`{ requestId: "large", type: "explicit_rating", value: 1 }`);
    await vote(3);
    await arrives(
      undefined,
      recorded.filter((id) => id !== large),
    );
    expect(await drops()).toEqual([["too_large", 1]]);
  });
});

it("11. 400 for one bad event in the batch: it alone is given up", async () => {
  const { recordAll, arrives, drops } = await visit({
    faults: (_, body) => (body.includes("poison") ? { status: 400 } : "none"),
  });
  const ids = await recordAll(`Array.from({ length: 9 }, (_, index) => ({
    requestId: index === 4 ? "poison" : "r", type: "explicit_rating", value: 5 }))`);
  await arrives(
    undefined,
    ids.filter((_, index) => index !== 4),
  );
  expect(await drops()).toEqual([["refused", 1]]);
});

it.each([401, 403])("12. %i: nothing more is sent until the host has a new key", async (status) => {
  const visitor = await visit({ options: { key: "" } });
  visitor.script(() => {
    const { headers } = visitor.requests().at(-1)!;
    return headers["x-key"] === "a key that is good" ? "none" : { status };
  });
  await visitor.vote(2);
  await eventually(() => visitor.problems()).toEqual(["unauthorized"]);
  await visitor.vote(2);
  await visitor.ask("glanceAway()");
  await visitor.kept();
  expect(visitor.requests()).toHaveLength(1);
  await visitor.ask("rotateKey()");
  await visitor.ask("feedback.flush()");
  await visitor.arrives();
  expect(await visitor.drops()).toEqual([]);
});

it("13. 200 with a page in HTML, as of a captive portal: not taken for an answer", async () => {
  const portal = { status: 200, headers: { "content-type": "text/html" }, body: "<h1>Welcome</h1>" };
  const { vote, arrives, problems } = await visit({ faults: [portal, portal] });
  await vote(2);
  await arrives();
  expect(await problems()).toEqual(["unacknowledged", "unacknowledged"]);
});

it("14. a partial accept: what was rejected is told of, and the rest is stored", async () => {
  const { recordAll, arrives, drops } = await visit();
  const ids = await recordAll(
    `[5, 9, 4].map((value) => ({ requestId: "r", type: "explicit_rating", value }))`,
  );
  await arrives(undefined, [ids[0]!, ids[2]!]);
  expect(await drops()).toEqual([["rejected", 1]]);
});

describe("to another origin", () => {
  let open: FaultLab;
  let shut: FaultLab;
  beforeAll(async () => {
    open = await startFaultLab(setting.store, { "access-control-allow-origin": "*" });
    shut = await startFaultLab(setting.store);
  });
  afterAll(async () => {
    await open.close();
    await shut.close();
  });

  it("15. CORS with a wildcard: sent without credentials, and without a preflight", async () => {
    const { context, vote, requests, arrives } = await visit({ to: open });
    await context.addCookies([{ name: "session", value: "secret", url: open.url }]);
    await vote();
    await arrives();
    expect(requests().map(({ method, headers }) => [method, headers.cookie])).toEqual([["POST", undefined]]);
  });

  it("15. CORS forgotten: what the server took unheard is stored once, when the answer may be read", async () => {
    const { page, context, vote, requested, open: visitAgain, arrives } = await visit({ to: shut });
    await vote(2);
    await requested(3);
    await page.close();
    await context.route("**/v1/feedback", async (route) => {
      const response = await route.fetch();
      await route.fulfill({
        response,
        headers: { ...response.headers(), "access-control-allow-origin": "*" },
      });
    });
    await arrives(await visitAgain());
  });

  it("9. 429 with a Retry-After that CORS hides: backs off, and is stored", async () => {
    const { vote, requests, arrives } = await visit({ to: open, faults: [wait("99999")] });
    await vote();
    await arrives();
    expect(requests()).toHaveLength(2);
  });

  it("16. a redirect that keeps the method is followed; one to a page is no answer", async () => {
    const elsewhere = { status: 302, headers: { location: `${open.url}/login/` } };
    const { name, vote, requests, problems, arrives } = await visit({ faults: [elsewhere] });
    setting.lab.script(name, (index) =>
      index === 0 ? elsewhere : { status: 307, headers: { location: `${open.url}/${name}/v1/feedback` } },
    );
    await vote();
    await arrives();
    expect(await problems()).toEqual(["unacknowledged"]);
    expect(requests()).toHaveLength(2);
    expect(open.requests(name).map(({ method }) => method)).toEqual(["POST"]);
  });
});
