// Letters as they look: small, without accents, those of Cyrillic and Greek that look Latin as Latin ones, digits that stand for
// letters as these. Words are only ever compared after this, on both sides.

const APOSTROPHE = 39;
/** What stands for letters in words like "1gn0re". */
const LOOKALIKES: Record<string, string> = { "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", $: "s" };
const TWINS = new Map(twinPairs());

/** By character code below 128: the letter it counts as; 0 ends a word; 1 is passed over within one. */
export const letterOf: Uint8Array = makeLetters();

function makeLetters(): Uint8Array {
  const letters = new Uint8Array(128);
  for (let code = 97; code <= 122; code++) {
    letters[code] = code;
    letters[code - 32] = code;
  }
  for (let code = 48; code <= 57; code++) letters[code] = code;
  for (const [digit, letter] of Object.entries(LOOKALIKES)) letters[digit.charCodeAt(0)] = letter.charCodeAt(0);
  letters[APOSTROPHE] = 1;
  return letters;
}

function twinPairs(): [number, number][] {
  const looks = "авеёзикмнорстухіјѕԁԛԝһӏαβεηικνορτυχωɑɡıʟᴀᴇᴏ";
  const latin = "abee3ukmhopctyxijsdqwhlabenikvoptuxwagilaeo";
  return [...looks].map((twin, place) => [twin.charCodeAt(0), latin.charCodeAt(place)]);
}

/** Above 127: the letter that it counts as, or 0 where it ends a word. */
export function foldWide(code: number): number {
  // Past the end of a text there is no code.
  if (Number.isNaN(code)) return 0;
  if (code === 0x2019 || code === 0x2bc) return 1;
  if (code < 0xc0 || (code >= 0x2000 && code < 0x2c00 && !(code >= 0x2100 && code < 0x2150))) return 0;
  const small = String.fromCharCode(code).toLowerCase();
  const base = small.normalize("NFKD").charCodeAt(0);
  if (base < 128) return letterOf[base] ?? 0;
  const twin = TWINS.get(base);
  if (twin !== undefined) return twin;
  return (base >= 0x3000 && base <= 0x303f) || (base >= 0xff00 && base < 0xff66) ? 0 : base;
}
