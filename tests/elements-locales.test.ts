import { readdirSync, readFileSync } from "node:fs";
import { en } from "@heed/widget/locales/en";
import { describe, expect, it } from "vitest";

const widget = new URL("../packages/widget/", import.meta.url);
const codes = readdirSync(new URL("src/locales/", widget)).map((file) => file.replace(".ts", ""));

/** Every text of a locale by its path, such as `downReasons.slow`. */
const textsOf = (strings: object, path = ""): Record<string, string> =>
  Object.assign(
    {},
    ...Object.entries(strings).map(([key, value]) =>
      typeof value === "string" ? { [path + key]: value } : textsOf(value, `${path}${key}.`),
    ),
  );

const english = textsOf(en);

describe("the locales", () => {
  it("are eleven, each exported under its name", () => {
    expect(codes.sort()).toEqual(["ar", "de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "zh"]);
    const { exports } = JSON.parse(readFileSync(new URL("package.json", widget), "utf8"));
    const exported = Object.keys(exports).flatMap((path) => path.match(/^\.\/locales\/(.+)$/)?.[1] ?? []);
    expect(exported.sort()).toEqual(codes);
  });
});

describe.each(codes)("the locale %s", async (code) => {
  const exports = await import(`../packages/widget/src/locales/${code}.ts`);
  const { dir, ...texts } = textsOf(exports[code]);

  it("is the one export of its file, and names its language", () => {
    expect(Object.keys(exports)).toEqual([code]);
    expect(new Intl.Locale(texts.lang!).language).toBe(code);
  });

  it("has every text, and each says something", () => {
    expect(Object.keys(texts)).toEqual(Object.keys(english));
    for (const text of Object.values(texts)) expect(text).toMatch(/^\S.*\S$|^\S$/u);
  });

  it("says how many stars, once", () => {
    for (const [path, text] of Object.entries(texts)) {
      expect(text.match(/[{}]/g)).toEqual(path === "stars" ? ["{", "}"] : null);
    }
    expect(texts.stars).toContain("{stars}");
  });

  it("has right-to-left direction where its script has", () => {
    const rightToLeft = /\p{Script=Arabic}|\p{Script=Hebrew}/u.test(texts.feedback!);
    expect(dir).toBe(rightToLeft ? "rtl" : undefined);
  });

  it("has no dash for a pause, and no two reasons or buttons that look the same", () => {
    for (const text of Object.values(texts)) expect(text).not.toMatch(/[–—]/);
    for (const group of ["upReasons.", "downReasons."]) {
      const labels = Object.keys(texts).filter((path) => path.startsWith(group));
      expect(new Set(labels.map((path) => texts[path])).size).toBe(labels.length);
    }
    expect(texts.thumbUp).not.toBe(texts.thumbDown);
  });

  it("has no text that was left in English", () => {
    // Where a language has the English word, it joins an allow-list here.
    const left = Object.entries(texts).filter(([path, text]) => text === english[path]);
    expect(left).toEqual(code === "en" ? Object.entries(english) : []);
  });
});
