// Requests as code: what is copied must run, whatever stands in the prompt.
import { describe, expect, test } from "bun:test";
import { languages, snippetFor } from "./snippet.ts";

const request = { model: "fast", messages: [{ role: "user", content: `it's "quoted" \\ and\nmore $HOME` }] };

describe("the same call as code", () => {
  test("in a shell is sent letter by letter", async () => {
    const script = snippetFor("curl", "http://h", request).replace(/^curl/, "printf '%s\\0'");
    const shell = Bun.spawn(["sh", "-c", script], { env: { BINNACLE_KEY: "bk" }, stdout: "pipe" });
    const words = (await new Response(shell.stdout).text()).split("\0");
    expect(words[0]).toBe("http://h/v1/chat/completions");
    expect(JSON.parse(words.at(-2) ?? "")).toEqual(request);
  });

  test("asks at this server, with a key that is not in it", () => {
    for (const language of languages) {
      const code = snippetFor(language, "https://house.example", request);
      expect(code).toContain("https://house.example/v1");
      expect(code).toContain("BINNACLE_KEY");
    }
  });
});
