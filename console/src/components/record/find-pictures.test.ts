import { expect, test } from "bun:test";
import { findPictures } from "./find-pictures.ts";

test("finds pictures of each dialect once, and nothing else that looks like an address", () => {
  const body = JSON.stringify({
    messages: [
      { role: "user", content: "https://a.example/said.png" },
      { content: [{ type: "image_url", image_url: { url: "https://a.example/1.png" } }] },
      { content: [{ type: "image", source: { type: "url", url: "https://a.example/2.png" } }] },
      { parts: [{ fileData: { fileUri: "https://a.example/3.png" } }] },
      { content: [{ image_url: "https://a.example/1.png" }, { image_url: "data:image/png;base64,AAAA" }] },
    ],
  });
  expect(findPictures(body)).toEqual([1, 2, 3].map((number) => `https://a.example/${number}.png`));
  expect(findPictures(body.slice(0, 150))).toEqual(["https://a.example/1.png"]);
});
