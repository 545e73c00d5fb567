import { describe, expect, test } from "vitest";
import { type Authorize, identifyCaller } from "./identify-caller.ts";
import { fromRequest } from "./incoming-request.ts";

const keys = ["an-old-server-key", "a-new-server-key!"];

const showing = (authorization?: string) =>
  new Request("http://heed.test/v1/feedback", {
    method: "POST",
    body: "SECRET",
    headers: authorization === undefined ? {} : { authorization },
  });

test("each server key is the server's, under any spelling of the scheme", async () => {
  const callerOf = identifyCaller(keys);
  for (const key of keys) {
    expect(await callerOf(fromRequest(showing(`Bearer ${key}`)))).toBe("server");
    expect(await callerOf(fromRequest(showing(`bearer ${key}`)))).toBe("server");
  }
});

test("a key that differs anywhere, or in length, proves nothing", async () => {
  const callerOf = identifyCaller(keys);
  const [key] = keys as [string];
  const others = [...key].map((_, at) => `${key.slice(0, at)}~${key.slice(at + 1)}`);
  for (const other of [...others, key.slice(1), key.slice(0, -1), `${key}x`, key.toUpperCase(), `x ${key}`])
    expect(await callerOf(fromRequest(showing(`Bearer ${other}`)))).toBeNull();
});

test("without keys no key is right", async () => {
  expect(await identifyCaller([])(fromRequest(showing("Bearer undefined")))).toBeNull();
});

test("who shows no bearer token is anonymous", async () => {
  const callerOf = identifyCaller(keys);
  for (const shown of [undefined, "", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", keys[0]])
    expect(await callerOf(fromRequest(showing(shown)))).toBe("anonymous");
});

test("a key short enough to be guessed is refused when the handler is made", () => {
  expect(() => identifyCaller([...keys, "short"])).toThrow("16 characters");
  expect(() => identifyCaller([""])).toThrow("16 characters");
});

describe("authorize", () => {
  test("is asked for everyone but the server, and its word counts", async () => {
    const answers = ["server", "anonymous", null, { userId: "user-1" }] as const;
    for (const answer of answers) {
      const callerOf = identifyCaller(keys, async () => answer);
      expect(await callerOf(fromRequest(showing()))).toEqual(answer);
      expect(await callerOf(fromRequest(showing("Bearer a-token-of-a-user")))).toEqual(answer);
    }
    const never: Authorize = () => {
      throw new Error("asked");
    };
    expect(await identifyCaller(keys, never)(fromRequest(showing(`Bearer ${keys[1]}`)))).toBe("server");
  });

  test("gets a true Request, whose body it cannot use up", async () => {
    const request = showing("Bearer a-token-of-a-user");
    const callerOf = identifyCaller([], async (given: Request) => {
      expect(given).toBeInstanceOf(Request);
      expect([given.method, given.url]).toEqual([request.method, request.url]);
      expect(given.headers.get("authorization")).toBe("Bearer a-token-of-a-user");
      expect(await given.text()).toBe("");
      return "anonymous" as const;
    });
    await callerOf(fromRequest(request));
    expect(await request.text()).toBe("SECRET");
  });

  test.each([
    [true],
    [undefined],
    [{}],
    [{ userId: undefined }],
    [{ userId: 7 }],
    [{ userId: "" }],
    [{ userId: "anonymous:x" }],
    ["user-1"],
  ])("must not answer %o", async (answer) => {
    const callerOf = identifyCaller([], (() => answer) as unknown as Authorize);
    await expect(callerOf(fromRequest(showing()))).rejects.toMatchObject({ code: "INTERNAL" });
  });
});
