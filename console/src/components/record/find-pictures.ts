// Addresses of pictures that a request names, in any dialect: strings that begin like an address, under a name that dialects use.
// Reads the text as it stands, since a body may be cut off.
import { createScanner } from "jsonc-parser";
import { COLON, END, STRING } from "./json-tokens.ts";

const names = new Set(["url", "image_url", "uri", "fileUri", "file_uri"]);
const picturesMost = 20;
/** What is longer is no address that anybody looks at. */
const addressMost = 2000;
/** A request without pictures is not read to the end of ten megabytes. */
const charactersMost = 2_000_000;

export function findPictures(body: string): string[] {
  const scanner = createScanner(body.slice(0, charactersMost), true);
  const found = new Set<string>();
  let before = "";
  let isValue = false;
  for (let token: number = scanner.scan(); token !== END && found.size < picturesMost; token = scanner.scan()) {
    if (token === COLON) isValue = true;
    else if (token === STRING) {
      const text = scanner.getTokenValue();
      if (isValue && names.has(before) && text.length <= addressMost && /^https?:\/\//i.test(text)) found.add(text);
      before = isValue ? "" : text;
      isValue = false;
    } else isValue = false;
  }
  return [...found];
}
