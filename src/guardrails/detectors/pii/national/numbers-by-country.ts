// National numbers of people that are written in digits alone: how long, the checksum (of stdnum), what they look like when their
// separators give them away, and the words that announce them.
import * as austrianInsurance from "stdnum/lib/cjs/at/vnr";
import * as australianTax from "stdnum/lib/cjs/au/tfn";
import * as belgianNumber from "stdnum/lib/cjs/be/nn";
import * as bulgarianNumber from "stdnum/lib/cjs/bg/egn";
import * as brazilianTax from "stdnum/lib/cjs/br/cpf";
import * as canadianInsurance from "stdnum/lib/cjs/ca/sin";
import * as swissInsurance from "stdnum/lib/cjs/ch/ssn";
import * as chineseIdentity from "stdnum/lib/cjs/cn/ric";
import * as czechNumber from "stdnum/lib/cjs/cz/rc";
import * as germanTax from "stdnum/lib/cjs/de/idnr";
import * as danishNumber from "stdnum/lib/cjs/dk/cpr";
import * as estonianNumber from "stdnum/lib/cjs/ee/ik";
import * as frenchInsurance from "stdnum/lib/cjs/fr/nir";
import * as greekInsurance from "stdnum/lib/cjs/gr/amka";
import * as croatianNumber from "stdnum/lib/cjs/hr/oib";
import * as israeliNumber from "stdnum/lib/cjs/il/idnr";
import * as indianNumber from "stdnum/lib/cjs/in/aadhaar";
import * as icelandicNumber from "stdnum/lib/cjs/is/kennitala";
import * as koreanNumber from "stdnum/lib/cjs/kr/rrn";
import * as lithuanianNumber from "stdnum/lib/cjs/lt/asmens";
import * as malaysianNumber from "stdnum/lib/cjs/my/nric";
import * as dutchNumber from "stdnum/lib/cjs/nl/bsn";
import * as norwegianNumber from "stdnum/lib/cjs/no/fodselsnummer";
import * as polishNumber from "stdnum/lib/cjs/pl/pesel";
import * as portugueseTax from "stdnum/lib/cjs/pt/nif";
import * as romanianNumber from "stdnum/lib/cjs/ro/cnp";
import * as serbianNumber from "stdnum/lib/cjs/rs/jmbg";
import * as swedishNumber from "stdnum/lib/cjs/se/personnummer";
import * as thaiNumber from "stdnum/lib/cjs/th/idnr";
import * as turkishNumber from "stdnum/lib/cjs/tr/tckimlik";
import * as southAfricanNumber from "stdnum/lib/cjs/za/idnr";

export interface NationalNumber {
  country: string;
  digits: readonly number[];
  isValid: (written: string) => boolean;
  /** What is told without words that announce it. Absent: only with them, since many other numbers pass the checksum. */
  alone?: RegExp;
  words: readonly string[];
}

type Check = { validate: (written: string) => { isValid: boolean } };

function checkedBy({ validate }: Check): (written: string) => boolean {
  return (written) => validate(written).isValid;
}

/** Never issued: area 000, 666 and 900 to 999, group 00, serial 0000 (Social Security Administration). */
function isSocialSecurityNumber(written: string): boolean {
  const digits = written.replace(/\D/g, "");
  return /^(?!000|666|9\d\d)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(digits) && !/^(\d)\1+$/.test(digits);
}

/** NHS number: weights 10 to 2, modulo 11. */
function isHealthNumber(written: string): boolean {
  const digits = written.replace(/\D/g, "");
  let sum = 0;
  for (let place = 0; place < 9; place++) sum += Number(digits[place]) * (10 - place);
  return ((11 - (sum % 11)) % 11) % 11 === Number(digits[9]) && !/^(\d)\1+$/.test(digits);
}

// prettier-ignore
export const nationalNumbers: readonly NationalNumber[] = [
  { country: "United States", digits: [9], isValid: isSocialSecurityNumber, alone: /^\d{3}-\d{2}-\d{4}$/, words: ["ssn", "social security", "ssn#", "soc sec", "itin"] },
  { country: "United Kingdom", digits: [10], isValid: isHealthNumber, words: ["nhs"] },
  { country: "Germany", digits: [11], isValid: checkedBy(germanTax), words: ["steuer", "steuer-id", "identifikationsnummer", "idnr", "steueridentifikationsnummer", "german tax"] },
  { country: "France", digits: [15], isValid: checkedBy(frenchInsurance), alone: /^[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?\d[\dAB] ?\d{3} ?\d{3} ?\d{2}$/i, words: ["nir", "sécurité sociale", "securite sociale", "insee"] },
  { country: "Netherlands", digits: [9], isValid: checkedBy(dutchNumber), words: ["bsn", "burgerservicenummer", "sofinummer", "sofi"] },
  { country: "Belgium", digits: [11], isValid: checkedBy(belgianNumber), alone: /^\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}$/, words: ["rijksregisternummer", "registre national", "niss", "insz", "belgian national"] },
  { country: "Austria", digits: [10], isValid: checkedBy(austrianInsurance), words: ["svnr", "sozialversicherung", "sozialversicherungsnummer", "versicherungsnummer", "austrian"] },
  { country: "Switzerland", digits: [13], isValid: checkedBy(swissInsurance), alone: /^756/, words: ["ahv", "avs", "ahv-nr", "ahvn13"] },
  { country: "Portugal", digits: [9], isValid: checkedBy(portugueseTax), words: ["nif", "contribuinte", "número fiscal", "portuguese tax"] },
  { country: "Greece", digits: [11], isValid: checkedBy(greekInsurance), words: ["amka", "αμκα"] },
  { country: "Poland", digits: [11], isValid: checkedBy(polishNumber), words: ["pesel"] },
  { country: "Czechia and Slovakia", digits: [9, 10], isValid: checkedBy(czechNumber), alone: /^\d{2}(?:[05][1-9]|[1267]\d|[38][0-2])\d{2}\/\d{4}$/, words: ["rodné číslo", "rodne cislo", "rč", "birth number"] },
  { country: "Romania", digits: [13], isValid: checkedBy(romanianNumber), alone: /^[1-9]\d{12}$/, words: ["cnp", "cod numeric personal"] },
  { country: "Bulgaria", digits: [10], isValid: checkedBy(bulgarianNumber), words: ["egn", "егн"] },
  { country: "Croatia", digits: [11], isValid: checkedBy(croatianNumber), words: ["oib"] },
  { country: "Serbia and its neighbours", digits: [13], isValid: checkedBy(serbianNumber), alone: /^[0-3]\d{12}$/, words: ["jmbg", "emšo", "emso", "matični broj"] },
  { country: "Estonia", digits: [11], isValid: checkedBy(estonianNumber), words: ["isikukood", "ik", "estonian"] },
  { country: "Lithuania", digits: [11], isValid: checkedBy(lithuanianNumber), words: ["asmens kodas", "lithuanian"] },
  { country: "Sweden", digits: [10, 12], isValid: checkedBy(swedishNumber), alone: /^(?:19|20)?\d{6}[-+]\d{4}$/, words: ["personnummer", "swedish"] },
  { country: "Denmark", digits: [10], isValid: checkedBy(danishNumber), alone: /^[0-3]\d[01]\d{3}-\d{4}$/, words: ["cpr", "cpr-nr", "personnummer", "danish"] },
  { country: "Norway", digits: [11], isValid: checkedBy(norwegianNumber), alone: /^\d{6} ?\d{5}$/, words: ["fødselsnummer", "fodselsnummer", "personnummer", "norwegian"] },
  { country: "Iceland", digits: [10], isValid: checkedBy(icelandicNumber), words: ["kennitala"] },
  { country: "Turkey", digits: [11], isValid: checkedBy(turkishNumber), words: ["tc kimlik", "kimlik", "t.c. kimlik", "tckn"] },
  { country: "Israel", digits: [9], isValid: checkedBy(israeliNumber), words: ["teudat zehut", "תעודת זהות", "israeli id"] },
  { country: "South Africa", digits: [13], isValid: checkedBy(southAfricanNumber), alone: /^\d{13}$/, words: ["south african", "rsa id", "id number"] },
  { country: "India", digits: [12], isValid: checkedBy(indianNumber), alone: /^[2-9]\d{3}[ -]\d{4}[ -]\d{4}$/, words: ["aadhaar", "aadhar", "uidai", "आधार"] },
  { country: "China", digits: [18], isValid: checkedBy(chineseIdentity), alone: /^\d{18}$/, words: ["身份证", "resident identity", "chinese id"] },
  { country: "South Korea", digits: [13], isValid: checkedBy(koreanNumber), alone: /^\d{6}-[1-8]\d{6}$/, words: ["rrn", "주민등록번호", "resident registration"] },
  { country: "Thailand", digits: [13], isValid: checkedBy(thaiNumber), alone: /^\d-\d{4}-\d{5}-\d{2}-\d$/, words: ["thai id", "เลขประจำตัวประชาชน"] },
  { country: "Malaysia", digits: [12], isValid: checkedBy(malaysianNumber), alone: /^\d{2}(?:0[1-9]|1[0-2])[0-3]\d-\d{2}-\d{4}$/, words: ["nric", "mykad", "kad pengenalan"] },
  { country: "Brazil", digits: [11], isValid: checkedBy(brazilianTax), alone: /^\d{3}\.\d{3}\.\d{3}-\d{2}$/, words: ["cpf"] },
  { country: "Canada", digits: [9], isValid: checkedBy(canadianInsurance), words: ["sin", "social insurance"] },
  { country: "Australia", digits: [9], isValid: checkedBy(australianTax), words: ["tfn", "tax file"] },
];
