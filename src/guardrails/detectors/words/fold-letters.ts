// Letters as they look: small, without accents, those of Cyrillic and Greek that look Latin as Latin ones, digits that stand for
// letters as these. Words are only ever compared after this, on both sides.

const APOSTROPHES = [0x27, 0x2019, 0x2bc];
/** What stands for letters in words like "1gn0re". */
const LOOKALIKES: Record<string, string> = { "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", $: "s" };
const TWINS = new Map(twinPairs());
/** Where letters with accents, of other sizes and of other forms stand; elsewhere a letter is itself. */
const FOLDED_RANGES: readonly (readonly [number, number])[] = [
  [0xc0, 0x5ff],
  [0x1d00, 0x1fff],
  [0x2100, 0x214f],
  [0xff00, 0xff65],
];

/** By UTF-16 unit: the letter that it counts as; 0 ends a word; 1 is passed over within one. A table of all, for speed. */
export const letterOf: Uint16Array = makeLetters();

function makeLetters(): Uint16Array {
  const letters = new Uint16Array(65_536);
  for (let code = 48; code <= 57; code++) letters[code] = code;
  for (let code = 97; code <= 122; code++) {
    letters[code] = code;
    letters[code - 32] = code;
  }
  for (const [digit, letter] of Object.entries(LOOKALIKES)) letters[digit.charCodeAt(0)] = letter.charCodeAt(0);
  for (let code = 0xc0; code < 65_536; code++) if (isLetterBlock(code)) letters[code] = code;
  for (const [from, to] of FOLDED_RANGES)
    for (let code = from; code <= to; code++) letters[code] = foldedCode(letters, code);
  for (const code of APOSTROPHES) letters[code] = 1;
  return letters;
}

/** Not the punctuation of 0x2000 and of China and Japan. */
function isLetterBlock(code: number): boolean {
  return (
    !(code >= 0x2000 && code < 0x2c00) && !(code >= 0x3000 && code <= 0x303f) && !(code >= 0xfe00 && code <= 0xff65)
  );
}

function foldedCode(letters: Uint16Array, code: number): number {
  const base = String.fromCharCode(code).toLowerCase().normalize("NFKD").charCodeAt(0);
  if (base < 128) return letters[base] ?? 0;
  return TWINS.get(base) ?? base;
}

function twinPairs(): [number, number][] {
  const looks = "авеёзикмнорстухіјѕԁԛԝһӏαβεηικνορτυχωɑɡıʟᴀᴇᴏ";
  const latin = "abee3ukmhopctyxijsdqwhlabenikvoptuxwagilaeo";
  return [...looks].map((twin, place) => [twin.charCodeAt(0), latin.charCodeAt(place)]);
}
