// National numbers of people with letters in them, their checksums (of stdnum), and the words that announce those whose form is common.
import * as spanishIdentity from "stdnum/lib/cjs/es/dni";
import * as spanishForeigner from "stdnum/lib/cjs/es/nie";
import * as germanInsurance from "stdnum/lib/cjs/de/svnr";
import * as finnishNumber from "stdnum/lib/cjs/fi/hetu";
import * as britishInsurance from "stdnum/lib/cjs/gb/nino";
import * as irishNumber from "stdnum/lib/cjs/ie/pps";
import * as indianTax from "stdnum/lib/cjs/in/pan";
import * as italianTax from "stdnum/lib/cjs/it/codicefiscale";
import * as mexicanNumber from "stdnum/lib/cjs/mx/curp";
import * as hongKongIdentity from "stdnum/lib/cjs/hk/hkid";
import * as chileanNumber from "stdnum/lib/cjs/cl/run";
import * as chineseIdentity from "stdnum/lib/cjs/cn/ric";

export interface LetteredNumber {
  country: string;
  /** Anchored at the place where it begins; single spaces or dashes only where people write them. */
  shape: RegExp;
  isValid: (written: string) => boolean;
  words: readonly string[];
  /** The checksum and form are rare enough to be told without words. */
  isRare: boolean;
}

type Check = { validate: (written: string) => { isValid: boolean } };

function checkedBy({ validate }: Check): (written: string) => boolean {
  return (written) => validate(written.toUpperCase().replaceAll(".", "")).isValid;
}

/** S, T, F, G and M numbers of Singapore: weights 2,7,6,5,4,3,2, an offset by first letter, and a letter of two rows. */
function isSingaporeNumber(written: string): boolean {
  const upper = written.toUpperCase();
  const weights = [2, 7, 6, 5, 4, 3, 2];
  let sum = /^[TG]/.test(upper) ? 4 : upper.startsWith("M") ? 3 : 0;
  for (const [place, weight] of weights.entries()) sum += weight * Number(upper[place + 1]);
  const row = /^[ST]/.test(upper) ? "JZIHGFEDCBA" : upper.startsWith("M") ? "KLJNPQRTUWX" : "XWUTRQPNMLK";
  const place = upper.startsWith("M") ? 10 - (sum % 11) : sum % 11;
  return row[place] === upper[8];
}

// prettier-ignore
export const letteredNumbers: readonly LetteredNumber[] = [
  { country: "Italy", shape: /^[a-z]{6}\d{2}[a-z]\d{2}[a-z]\d{3}[a-z]/i, isValid: checkedBy(italianTax), words: ["codice fiscale"], isRare: true },
  { country: "Mexico", shape: /^[a-z]{4}\d{6}[hm][a-z]{5}[a-z\d]\d/i, isValid: checkedBy(mexicanNumber), words: ["curp"], isRare: true },
  { country: "Finland", shape: /^\d{6}[-+a-fu-y]\d{3}[0-9a-y]/i, isValid: checkedBy(finnishNumber), words: ["hetu", "henkilötunnus"], isRare: true },
  { country: "Spain", shape: /^\d{8}-?[a-z]/i, isValid: checkedBy(spanishIdentity), words: ["dni", "nif", "documento"], isRare: true },
  { country: "Spain", shape: /^[xyz]-?\d{7}-?[a-z]/i, isValid: checkedBy(spanishForeigner), words: ["nie", "extranjero"], isRare: true },
  { country: "United Kingdom", shape: /^[a-ceghj-prstw-z][a-ceghj-nprstw-z] ?\d{2} ?\d{2} ?\d{2} ?[a-d]/i, isValid: checkedBy(britishInsurance), words: ["national insurance", "nino", "ni number", "ni no"], isRare: true },
  { country: "Ireland", shape: /^\d{7}[a-w][abw]?/i, isValid: checkedBy(irishNumber), words: ["pps", "ppsn", "personal public service"], isRare: false },
  { country: "India", shape: /^[a-z]{5}\d{4}[a-z]/i, isValid: checkedBy(indianTax), words: ["pan", "permanent account"], isRare: false },
  { country: "Singapore", shape: /^[stfgm]\d{7}[a-z]/i, isValid: isSingaporeNumber, words: ["nric", "fin", "singapore"], isRare: true },
  { country: "Hong Kong", shape: /^[a-z]{1,2}\d{6}(?:\([\da]\)|[\da])/i, isValid: checkedBy(hongKongIdentity), words: ["hkid", "hong kong"], isRare: false },
  { country: "Germany", shape: /^\d{8}[a-z]\d{3}/i, isValid: checkedBy(germanInsurance), words: ["rentenversicherung", "sozialversicherung", "rvnr", "svnr"], isRare: true },
  { country: "China", shape: /^\d{17}x/i, isValid: checkedBy(chineseIdentity), words: ["身份证"], isRare: true },
  { country: "Chile", shape: /^\d{1,2}\.?\d{3}\.?\d{3}-[\dk]/i, isValid: checkedBy(chileanNumber), words: ["rut", "run"], isRare: false },
];
