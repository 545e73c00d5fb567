import { expect, test } from "vitest";
import { conversationOf } from "./conversation-of.ts";

const turns = (...roles: readonly string[]): string =>
  JSON.stringify(roles.map((role, at) => ({ role, content: `${role} ${at}` })));

test("a JSON array of messages is a conversation, and anything else one message of the user", () => {
  expect(conversationOf(turns("system", "user", "assistant", "user"))?.map(({ role }) => role)).toEqual([
    "system",
    "user",
    "assistant",
    "user",
  ]);
  for (const text of ["why?", "[1, 2]", "[]", "[why?", '{"role":"user","content":"why?"}', '[{"role":1}]'])
    expect(conversationOf(text)).toEqual([{ role: "user", content: text }]);
});

test("a developer is the system, and nothing but role and content is kept", () => {
  const prompt = JSON.stringify([
    { role: "developer", content: "be brief", name: "a" },
    { role: "user", content: "why?", id: 1 },
  ]);
  expect(conversationOf(prompt)).toEqual([
    { role: "system", content: "be brief" },
    { role: "user", content: "why?" },
  ]);
});

test("what training tools refuse gives nothing", () => {
  for (const prompt of [
    turns("user", "user"),
    turns("user", "assistant"),
    turns("system"),
    turns("user", "system", "user"),
    turns("system", "system", "user"),
    turns("assistant", "user"),
    turns("user", "assistant", "tool", "user"),
    JSON.stringify([{ role: "user", content: [{ type: "text", text: "why?" }] }]),
    JSON.stringify([{ role: "user", content: " " }]),
    JSON.stringify([{ role: "user" }]),
  ])
    expect(conversationOf(prompt)).toBeUndefined();
});

test("lone surrogates become U+FFFD, those that JSON hides among them", () => {
  expect(conversationOf("a\ud800")).toEqual([{ role: "user", content: "a\ufffd" }]);
  expect(conversationOf('[{"role":"user","content":"a\\ud800"}]')).toEqual([
    { role: "user", content: "a\ufffd" },
  ]);
});
