// Texts as they look: invisible characters taken out, other forms of ASCII characters (full width, digits of other scripts,
// mathematical letters, odd spaces and dashes) put back into it, with the way back to the places in the text.
import { isInvisible } from "./character-classes.ts";

export interface PlainText {
  text: string;
  /** Where each character of `text`, and its end, stands in the text that it was made from; absent where nothing changed. */
  origin?: Int32Array;
}

/** The codes at which ten digits of other scripts begin. */
const DIGIT_ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xff10];
const TAGS_FROM = 0xe0000;

export function plainTextOf(text: string): PlainText {
  let origin: Int32Array | undefined;
  let plainText = "";
  let copied = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80) continue;
    const isPair = code >= 0xd800 && code < 0xdc00;
    const point = isPair ? (text.codePointAt(index) ?? code) : code;
    const plain = plainCodeOf(point);
    if (plain !== point) {
      origin ??= new Int32Array(text.length + 1);
      noteOrigin(origin, plainText.length, { from: copied, to: index });
      plainText += text.slice(copied, index);
      if (plain >= 0) {
        origin[plainText.length] = index;
        plainText += String.fromCharCode(plain);
      }
      copied = index + (point > 0xffff ? 2 : 1);
    }
    if (point > 0xffff) index++;
  }
  if (origin === undefined) return { text };
  noteOrigin(origin, plainText.length, { from: copied, to: text.length + 1 });
  plainText += text.slice(copied);
  return { text: plainText, origin: origin.subarray(0, plainText.length + 1) };
}

function noteOrigin(origin: Int32Array, plainStart: number, { from, to }: { from: number; to: number }): void {
  for (let at = from; at < to; at++) origin[plainStart + at - from] = at;
}

/** -1 for what is left out. */
function plainCodeOf(point: number): number {
  if (isInvisible(point)) return -1;
  if (point === 0xa0 || (point >= 0x2000 && point <= 0x200a) || point === 0x202f || point === 0x3000) return 0x20;
  if ((point >= 0x2010 && point <= 0x2013) || point === 0x2212) return 0x2d;
  if (point >= 0xff01 && point <= 0xff5e) return point - 0xfee0;
  for (const zero of DIGIT_ZEROS) if (point >= zero && point < zero + 10) return 0x30 + point - zero;
  if (point >= 0x1d400 && point <= 0x1d7ff) return mathematicalCodeOf(point);
  if (point >= TAGS_FROM + 0x20 && point < TAGS_FROM + 0x7f) return point - TAGS_FROM;
  return point;
}

/** Mathematical letters are alphabets of 52 in a row, mathematical digits sets of ten. */
function mathematicalCodeOf(point: number): number {
  if (point >= 0x1d7ce) return 0x30 + ((point - 0x1d7ce) % 10);
  if (point >= 0x1d6a4) return point;
  const letter = (point - 0x1d400) % 52;
  return letter < 26 ? 0x41 + letter : 0x61 + letter - 26;
}
