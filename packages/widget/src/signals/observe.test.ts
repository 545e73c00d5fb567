import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { NewFeedback } from "../feedback-event.ts";
import { type ObserveOptions, observe } from "./observe.ts";

const setUp = (options: Partial<ObserveOptions> = {}) => {
  const events: NewFeedback[] = [];
  const clock = { ms: 0 };
  const client = {
    record: (event: NewFeedback) => events.push(event),
  } as unknown as ObserveOptions["client"];
  const output = observe(null, {
    client,
    requestId: "req-1",
    text: "Boil the eggs for nine minutes.",
    prompt: "How long do I boil eggs?",
    now: () => clock.ms,
    schedule: () => () => {},
    ...options,
  });
  return { output, events, clock };
};

const useAll = ({ output }: ReturnType<typeof setUp>): void => {
  output.used("inserted", { target: { value: "Boil them." } });
  output.edited("Boil them.", { committed: true });
  output.discarded("rejected");
  output.prompted("How long do I boil eggs?");
  output.stop();
};

test("where there is no document, nothing is recorded, and nothing fails", () => {
  const lab = setUp();
  useAll(lab);
  expect(lab.events).toEqual([]);
});

describe("where there is a page", () => {
  beforeEach(() => {
    vi.stubGlobal("window", new EventTarget());
    vi.stubGlobal("document", new EventTarget());
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  test("a host without an element tells all itself", () => {
    const { output, events, clock } = setUp();
    output.used("accepted");
    clock.ms = 4_000;
    output.edited("Boil the eggs for nine minutes. Peel them.");
    output.edited("Boil the eggs for nine minutes.", { committed: true });
    output.discarded("undone");
    const whole = { similarity: 1, containment: 1, lengthRatio: 1, sampledAfterMs: 4_000, committed: true };
    expect(events).toEqual([
      { requestId: "req-1", type: "implicit_usage", value: "accepted" },
      {
        requestId: "req-1",
        type: "implicit_edit",
        // python3 -c "print(2 * 28 / (28 + 39), 42 / 31)": 4-grams of 31 and of 42 characters, the former all kept
        value: {
          similarity: expect.closeTo(0.835820895522388, 12),
          containment: 1,
          lengthRatio: expect.closeTo(1.3548387096774193, 12),
          sampledAfterMs: 4_000,
        },
      },
      { requestId: "req-1", type: "implicit_edit", value: whole },
      { requestId: "req-1", type: "implicit_discard", value: "undone" },
    ]);
  });

  test("an edit in place, of an output that was not used before, counts from when it was observed", () => {
    const { output, events, clock } = setUp();
    clock.ms = 9_000;
    output.edited("Boil them.");
    expect(events).toMatchObject([{ type: "implicit_edit", value: { sampledAfterMs: 9_000 } }]);
  });

  test("an output without a text has no edits to measure", () => {
    const { output, events } = setUp({ text: undefined });
    output.edited("Boil them.");
    expect(events).toEqual([]);
  });

  test("a text is recorded only on demand, redacted, and where an event has room for it", () => {
    const texts = (options: Partial<ObserveOptions>, edited = "Call 555-0100") => {
      const { output, events } = setUp(options);
      output.edited(edited);
      return events.map(({ value }) => (value as { text?: string }).text);
    };
    const redact = (text: string) => text.replace(/\d/g, "#");
    expect(texts({})).toEqual([undefined]);
    expect(texts({ redact })).toEqual([undefined]);
    expect(texts({ includeText: true })).toEqual(["Call 555-0100"]);
    expect(texts({ includeText: true, redact })).toEqual(["Call ###-####"]);
    expect(texts({ includeText: true }, "")).toEqual([""]);
    expect(texts({ includeText: true }, "x".repeat(8_001))).toEqual([undefined]);
  });

  const broken = (): never => {
    throw new Error("a host's own");
  };
  test.each<[string, Partial<ObserveOptions>]>([
    ["client", { client: { record: broken } }],
    ["client, which is none", { client: undefined as unknown as ObserveOptions["client"] }],
    ["clock", { now: broken }],
    ["text", { text: broken }],
    ["redactor", { includeText: true, redact: broken }],
    ["scheduler", { schedule: broken }],
  ])("what a host's %s throws never reaches the host, but the console", async (_, options) => {
    const logged = vi.spyOn(console, "error").mockImplementation(() => {});
    const lab = setUp(options);
    useAll(lab);
    await vi.waitFor(() => expect(logged).toHaveBeenCalled());
    expect(lab.events.filter(({ value }) => JSON.stringify(value).includes("Boil"))).toEqual([]);
  });
});
