// Snippets name this very server and the model, and no secret.
import { expect, test } from "bun:test";
import { snippetsFor } from "./snippets.ts";

test("each kit has the server, the model and a bound to the answer, and takes the key from the environment", () => {
  for (const { id, code } of snippetsFor("https://binnacle.example.com", "sim/sim-small")) {
    expect(code).toContain(id === "anthropic" ? '"https://binnacle.example.com"' : "https://binnacle.example.com/v1");
    expect(code).toContain("sim/sim-small");
    expect(code).toMatch(/max_?(output)?_?tokens\W+200/i);
    expect(code).toContain("BINNACLE_KEY");
  }
});
