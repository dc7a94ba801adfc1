import { expect, test } from "bun:test";
import { AppError } from "../../kernel/index.ts";
import { waitingForDatabase } from "./waiting.ts";

const errorThat = (retry: "later" | "never") =>
  new AppError({ code: "test.away", status: 503, retry, message: "away", fix: "wait", params: {} });

test("what may succeed later is attempted until it does, and what may not is thrown at once", async () => {
  let attempts = 0;
  const failing = (times: number, error: Error) => () => {
    attempts += 1;
    return attempts <= times ? Promise.reject(error) : Promise.resolve(attempts);
  };
  expect(await waitingForDatabase(failing(3, errorThat("later")), 1)).toBe(4);
  for (const error of [errorThat("never"), new Error("a defect")]) {
    attempts = 0;
    expect(await waitingForDatabase(failing(3, error), 1).catch((caught: unknown) => caught)).toBe(error);
    expect(attempts).toBe(1);
  }
});

test("it ends at some time", async () => {
  const error = errorThat("later");
  expect(await waitingForDatabase(() => Promise.reject(error), 0).catch((caught: unknown) => caught)).toBe(error);
});
