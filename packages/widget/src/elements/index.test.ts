import { expect, test } from "vitest";

test("the package can be imported where there is no page", async () => {
  expect(typeof document).toBe("undefined");
  await import("./index.ts");
  const { createFeedback } = await import("../index.ts");
  await createFeedback({ endpoint: "https://heed.test/v1/feedback" }).close();
});
