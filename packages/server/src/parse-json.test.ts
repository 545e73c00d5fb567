import { isHeedError } from "@heed/core";
import { describe, expect, test } from "vitest";
import { parseJson } from "./parse-json.ts";

const nested = (depth: number, open = "[", close = "]") => open.repeat(depth) + close.repeat(depth);

const refused = (text: string): unknown => {
  try {
    parseJson(text);
  } catch (error) {
    return isHeedError(error, "INVALID_JSON") && error.message;
  }
  return undefined;
};

test("what is JSON comes out as JSON.parse has it", () => {
  for (const text of [
    '{"a":[1,-2.5e3,true,null,"\\u00e9\\n"]}',
    "0",
    '""',
    " [ ] ",
    '"[{[{[{[{[{[{[{[{[{[{[{"',
  ])
    expect(parseJson(text)).toEqual(JSON.parse(text));
});

test("sixteen levels are enough for anyone, and the seventeenth is refused", () => {
  expect(refused(nested(16))).toBeUndefined();
  expect(refused(nested(17))).toContain("deeper");
  expect(refused(nested(17, '{"a":', "}").replace(":}", ":0}"))).toContain("deeper");
});

test("brackets in strings are no levels, whatever is escaped around them", () => {
  expect(
    refused(JSON.stringify({ text: `\\"${nested(50)}\\`, more: '"[[[[[[[[[[[[[[[[[[[[[' })),
  ).toBeUndefined();
  expect(refused(`["\\\\",${nested(16)}]`)).toContain("deeper");
});

test("a text that nests three million levels is refused before anything recursive sees it", () => {
  expect(refused(nested(3_000_000))).toContain("deeper");
  expect(refused("[".repeat(3_000_000))).toContain("deeper");
});

describe("the key __proto__ is refused", () => {
  const bodies = [
    '{"__proto__":{"polluted":true}}',
    '{"events":[{"metadata":{"__proto__":1}}]}',
    '{"\\u005f_proto__":1}',
    '{"__\\u0070roto__":1}',
    '{"__p\\u0072oto__":1}',
    '{"__pr\\u006Fto__":1}',
    '{"__pro\\u0074o__":1}',
    '{"\\u005F\\u005f\\u0070\\u0072\\u006f\\u0074\\u006f\\u005f\\u005f":1}',
  ];
  test.each(bodies)("%s", (body) => {
    expect(Object.keys(JSON.parse(body).events?.[0].metadata ?? JSON.parse(body))).toEqual(["__proto__"]);
    expect(refused(body)).toContain("not allowed");
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

test("a text about __proto__ is a text like any other", () => {
  const comment = { value: 'it said {"__proto__": 1} and \\u005f', proto: "__proto__" };
  expect(parseJson(JSON.stringify(comment))).toEqual(comment);
});

test("a refusal quotes nothing of the text", () => {
  for (const text of ["SECRET", '{"SECRET":', '{"SECRET":{"__proto__":"SECRET"}}', "", "\u0000"])
    expect(refused(text)).toEqual("The body is not JSON, or has a key that is not allowed");
});
