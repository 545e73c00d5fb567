import { expect, test } from "vitest";
import { formatJson } from "./format-json.ts";

test("what could steer a terminal is escaped, and reads as it was", () => {
  const answer = { text: "a\u001B[2J\u009B1m\u007F\u2028\u202Eb", times: [new Date(0)] };
  const json = formatJson(answer);
  expect(json).not.toMatch(/[^\P{Cc}\n]|[\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
  expect(JSON.parse(json)).toEqual({ text: answer.text, times: ["1970-01-01T00:00:00.000Z"] });
});

test("all other text stays readable", () => {
  expect(formatJson({ a: "Grüße, 漢字 😀" })).toBe('{\n  "a": "Grüße, 漢字 😀"\n}\n');
});
