// What `strategy: semantic` asks of places: examples of the requests that each is for.
import { z } from "zod";

/** Each is compared with every request of the route: about 1 µs. */
const EXAMPLES_MAX = 100;
const EXAMPLE_CHARS_MAX = 500;

export const exampleFields = {
  examples: z
    .array(z.string().trim().min(1).max(EXAMPLE_CHARS_MAX))
    .min(1, "give at least one example, or leave them out: then it is for the rest")
    .max(EXAMPLES_MAX)
    .optional()
    .describe("semantic only: requests that it is for, as users would write them; without, it is for the rest"),
  least: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe("semantic only: how near to them a request must be, from 0 to 1; 0.4 if left out"),
};

interface Place {
  examples?: string[] | undefined;
  least?: number | undefined;
}

type Refuse = (message: string, at: (string | number)[]) => void;

export function checkExamples(places: readonly Place[], strategy: string, refuse: Refuse): void {
  for (const [index, { examples, least }] of places.entries()) {
    for (const [field, said] of Object.entries({ examples, least }))
      if (said !== undefined && strategy !== "semantic")
        refuse(`goes with \`strategy: semantic\`, and this is ${strategy}`, ["targets", index, field]);
    if (strategy === "semantic" && least !== undefined && !examples)
      refuse("goes with `examples`, and there are none", ["targets", index, "least"]);
  }
  if (strategy === "semantic" && !places.some(({ examples }) => examples))
    refuse("give at least one of them `examples` of the requests that it is for", ["targets"]);
}
