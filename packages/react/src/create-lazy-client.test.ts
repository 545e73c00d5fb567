import type { FeedbackClient } from "@heed/widget";
import { createFeedback } from "@heed/widget";
import { expect, test } from "vitest";
import { createLazyClient } from "./create-lazy-client.ts";

/** A lazy client, what was opened with which consent, and what the server got. */
const setUp = () => {
  const opened: { readonly consent: string | undefined; isClosed: boolean }[] = [];
  const sent: unknown[] = [];
  const client = createLazyClient((consent) => {
    const record = { consent, isClosed: false };
    opened.push(record);
    const real: FeedbackClient = createFeedback({
      endpoint: "https://heed.test/v1/feedback",
      consent,
      transport: {
        async send({ body }) {
          const { events } = JSON.parse(body) as { events: { id: string; value: unknown }[] };
          sent.push(...events.map(({ value }) => value));
          return Response.json({ results: events.map(({ id }) => ({ id, status: "stored" })) });
        },
      },
    });
    return {
      ...real,
      close() {
        record.isClosed = true;
        return real.close();
      },
    };
  });
  return { client, opened, sent };
};

const laterTask = () => new Promise((resolve) => setTimeout(resolve, 5));

test("nothing is opened before it is held or used, and then one client", async () => {
  const { client, opened, sent } = setUp();
  expect(opened).toEqual([]);
  expect(await client.rate("req-1", 4)).toBe("stored");
  client.hold();
  expect(await client.rate("req-1", 5)).toBe("stored");
  expect(opened).toHaveLength(1);
  expect(sent).toEqual([4, 5]);
});

test("what is let go and held again at once stays open", async () => {
  const { client, opened } = setUp();
  client.hold()();
  client.hold();
  await laterTask();
  expect(opened).toEqual([{ consent: undefined, isClosed: false }]);
});

test("what is let go for good is closed, with what it has sent, and opens no other", async () => {
  const { client, opened, sent } = setUp();
  const release = client.hold();
  const vote = client.rate("req-1", 4);
  release();
  await laterTask();
  expect(await vote).toBe("stored");
  expect(await client.rate("req-1", 5)).toBe("dropped");
  expect(opened).toEqual([{ consent: undefined, isClosed: true }]);
  expect(sent).toEqual([4]);
});

test("what is held again after that is another client, which knows of the consent", async () => {
  const { client, opened, sent } = setUp();
  const release = client.hold();
  client.setConsent("granted");
  release();
  await laterTask();
  client.hold();
  expect(await client.rate("req-1", 3)).toBe("stored");
  expect(opened).toEqual([
    { consent: undefined, isClosed: true },
    { consent: "granted", isClosed: false },
  ]);
  expect(sent).toEqual([3]);
});
