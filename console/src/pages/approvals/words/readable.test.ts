import { expect, test } from "bun:test";
import { readable } from "./readable.ts";

test("takes calls of tools apart", () => {
  expect(readable('send_mail {"to":"ada"}\nwipe []')).toEqual([
    { tool: "send_mail", text: '{\n  "to": "ada"\n}' },
    { tool: "wipe", text: "[]" },
  ]);
});

test("leaves any other text as it is", () => {
  for (const why of ["", "delivered twice", 'send_mail {"to":', "a\nsend_mail {}"])
    expect(readable(why)).toEqual([{ tool: null, text: why }]);
});
