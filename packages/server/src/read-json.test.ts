import { randomBytes } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { deflateSync, gzipSync } from "node:zlib";
import { isHeedError } from "@heed/core";
import { describe, expect, test } from "vitest";
import { fromRequest } from "./incoming-request.ts";
import { readJson } from "./read-json.ts";

const maxBytes = 10_000;

const requestOf = (body: NonNullable<RequestInit["body"]>, headers: Record<string, string> = {}) =>
  new Request("http://localhost/", {
    method: "POST",
    body,
    headers: { "content-type": "application/json", ...headers },
    duplex: "half",
  });

/** A body that arrives in pieces, as from a client that does not know its length, and how much of it was taken. */
const streamOf = (bytes: Uint8Array<ArrayBuffer>, piece = 1_000) => {
  let taken = 0;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: async (controller) => {
      await setImmediate();
      if (taken >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(taken, taken + piece));
      taken += piece;
    },
  });
  return { body, taken: () => taken };
};

const codeOf = async (request: Request): Promise<string> => {
  try {
    await readJson(fromRequest(request), maxBytes);
    return "read";
  } catch (error) {
    return isHeedError(error) ? error.code : String(error);
  }
};

/** JSON of exactly so many bytes. */
const jsonOf = (bytes: number) => JSON.stringify("x".repeat(bytes - 2));

describe("the content type", () => {
  test.each([
    "application/json",
    "APPLICATION/JSON",
    "application/json; charset=utf-8",
    "text/plain;charset=UTF-8",
    "text/plain",
  ])("%s is read", async (type) => {
    expect(await codeOf(requestOf("1", { "content-type": type }))).toBe("read");
  });

  test.each([
    "application/jsonp",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=application/json",
    "text/html",
    "application/json, text/html",
    "",
  ])("%s is not", async (type) => {
    expect(await codeOf(requestOf("1", { "content-type": type }))).toBe("UNSUPPORTED_MEDIA_TYPE");
  });
});

describe("a body may have so many bytes and not one more", () => {
  const withLength = (body: string) => requestOf(body, { "content-length": String(Buffer.byteLength(body)) });
  const chunked = (body: string) => requestOf(streamOf(new TextEncoder().encode(body)).body);
  const gzipped = (body: string) => requestOf(gzipSync(body), { "content-encoding": "gzip" });
  const deflated = (body: string) => requestOf(deflateSync(body), { "content-encoding": "deflate" });
  const withLie = (body: string) => requestOf(body, { "content-length": "3" });

  test.each([
    ["with its length declared", withLength],
    ["in pieces", chunked],
    ["as gzip", gzipped],
    ["as deflate", deflated],
    ["with a length that is a lie", withLie],
  ])("%s", async (_, request) => {
    expect(await readJson(fromRequest(request(jsonOf(maxBytes))), maxBytes)).toHaveLength(maxBytes - 2);
    expect(await codeOf(request(jsonOf(maxBytes + 1)))).toBe("TOO_LARGE");
  });

  test("counted in bytes, not in characters", async () => {
    expect(await codeOf(withLength(JSON.stringify("é".repeat(maxBytes / 2))))).toBe("TOO_LARGE");
  });

  test("compressed bytes count too", async () => {
    const noise = gzipSync(JSON.stringify(randomBytes(maxBytes).toString("base64")));
    expect(noise.length).toBeGreaterThan(maxBytes);
    expect(
      await codeOf(requestOf(streamOf(new Uint8Array(noise)).body, { "content-encoding": "gzip" })),
    ).toBe("TOO_LARGE");
  });

  test("a declared length beyond it is refused before a byte is read", async () => {
    const request = requestOf(streamOf(new Uint8Array(10)).body, { "content-length": "10001" });
    expect(await codeOf(request)).toBe("TOO_LARGE");
    expect(request.bodyUsed).toBe(false);
  });

  test("what lies beyond it is never read", async () => {
    const stream = streamOf(new Uint8Array(1_000_000).fill(32));
    expect(await codeOf(requestOf(stream.body))).toBe("TOO_LARGE");
    expect(stream.taken()).toBeLessThan(2 * maxBytes);
  });

  test("a bomb is put out by its first bytes, and the rest is not waited for", async () => {
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(maxBytes * 800, " ")));
    expect(bomb.length).toBeLessThan(maxBytes);
    const cancelled = Promise.withResolvers<void>();
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => controller.enqueue(bomb.slice(0, bomb.length / 2)),
      cancel: () => cancelled.resolve(),
    });
    expect(await codeOf(requestOf(body, { "content-encoding": "gzip" }))).toBe("TOO_LARGE");
    await cancelled.promise;
  });
});

describe("an encoding", () => {
  test.each(["identity", "gzip", " GZIP ", "deflate"])("%s is undone", async (encoding) => {
    const pack = { identity: Buffer.from, gzip: gzipSync, deflate: deflateSync }[
      encoding.trim().toLowerCase()
    ]!;
    const request = requestOf(pack('{"a":"é"}'), { "content-encoding": encoding });
    expect(await readJson(fromRequest(request), maxBytes)).toEqual({ a: "é" });
  });

  test.each(["br", "zstd", "gzip, gzip", "x-gzip", "__proto__"])("%s is refused", async (encoding) => {
    expect(await codeOf(requestOf("1", { "content-encoding": encoding }))).toBe("UNSUPPORTED_MEDIA_TYPE");
  });

  test.each([
    ["a body that is not what it says", Buffer.from("not gzip")],
    ["a body that breaks off", gzipSync(jsonOf(500)).subarray(0, 20)],
    ["a body with something after its end", Buffer.concat([gzipSync("1"), Buffer.from("2")])],
    ["no body at all", Buffer.alloc(0)],
  ])("%s is refused", async (_, body) => {
    expect(await codeOf(requestOf(body, { "content-encoding": "gzip" }))).toBe("INVALID_JSON");
  });
});

test("bytes that are not UTF-8 are refused rather than mended", async () => {
  expect(await codeOf(requestOf(new Uint8Array([34, 0xff, 34])))).toBe("INVALID_JSON");
  expect(await codeOf(requestOf(new Uint8Array([34, 0xc3, 34])))).toBe("INVALID_JSON");
  expect(await codeOf(requestOf(new Uint8Array([34, 0xed, 0xa0, 0x80, 34])))).toBe("INVALID_JSON");
});

test("a body that breaks off on its way is refused", async () => {
  const body = new ReadableStream({ pull: (controller) => controller.error(new Error("gone")) });
  expect(await codeOf(requestOf(body))).toBe("INVALID_JSON");
});

test("no body is no JSON", async () => {
  const request = new Request("http://localhost/", {
    method: "POST",
    headers: { "content-type": "text/plain" },
  });
  expect(await codeOf(request)).toBe("INVALID_JSON");
});
