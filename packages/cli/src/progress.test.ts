import { expect, test } from "vitest";
import { createProgress } from "./progress.ts";

const written = (isTTY: boolean, work: (progress: ReturnType<typeof createProgress>) => void): string => {
  const texts: string[] = [];
  work(createProgress({ isTTY, write: (text) => texts.push(text) }, 100));
  return texts.join("");
};

test("on a terminal one line is drawn over, notes stay, and the line is gone at the end", () => {
  const text = written(true, (progress) => {
    progress.show("1 of 3", 1);
    progress.note("line 2: not JSON");
    progress.show("3 of 3", 3);
    progress.end();
  });
  const clear = "\r\u001B[2K";
  expect(text).toBe(`${clear}1 of 3${clear}line 2: not JSON\n${clear}3 of 3${clear}`);
});

test("off a terminal there is a line every so many steps, and no control character", () => {
  const text = written(false, (progress) => {
    for (const done of [40, 99, 100, 150, 420, 480, 500]) progress.show(`${done} done`, done);
    progress.note("line 2: not JSON");
    progress.end();
  });
  expect(text).toBe("100 done\n420 done\n500 done\nline 2: not JSON\n");
});
