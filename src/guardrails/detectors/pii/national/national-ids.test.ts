import { expect, test } from "bun:test";
import { detectorNamed, foundBy } from "../../detectors.fixture.ts";

const pii = detectorNamed("pii", { pii: { kinds: ["national_id"] } });

/** Invented numbers with good checksums. */
const announced: [string, string][] = [
  ["my SSN is", "512-44-9821"],
  ["NHS", "943 476 5919"],
  ["Steuer-ID", "36 574 261 809"],
  ["numéro INSEE", "255081416802538"],
  ["BSN", "111222333"],
  ["rijksregisternummer", "85.07.30-033.28"],
  ["SVNR", "1237 010180"],
  ["AHV", "756.9217.0769.85"],
  ["NIF", "501964843"],
  ["PESEL", "44051401359"],
  ["rodné číslo", "710319/2745"],
  ["CNP", "1630615123457"],
  ["EGN", "7523169263"],
  ["OIB", "33392005961"],
  ["JMBG", "0101006500006"],
  ["isikukood", "36805280109"],
  ["asmens kodas", "33309240064"],
  ["personnummer", "811228-9874"],
  ["CPR", "211062-5629"],
  ["fødselsnummer", "15108695088"],
  ["kennitala", "450401-3150"],
  ["TC kimlik", "17291716060"],
  ["teudat zehut", "039337423"],
  ["South African ID number", "8001015009087"],
  ["aadhaar", "2341 2341 2346"],
  ["身份证", "11010519491231002X"],
  ["RRN", "971013-9019902"],
  ["CPF", "390.533.447-05"],
  ["SIN", "123-456-782"],
  ["TFN", "123 456 782"],
  ["DNI", "54362315K"],
  ["codice fiscale", "RSSMRA85T10A562S"],
  ["HETU", "131052-308T"],
  ["CURP", "BOXW310820HNERXN09"],
  ["NRIC", "S1234567D"],
  ["national insurance", "HH 01 02 03 D"],
  ["RUT", "12.531.909-2"],
];

test.each(announced)("a number after %s is found", (word, number) => {
  expect(foundBy(pii, `${word}: ${number}, thank you`)).toEqual([`national_id: ${number}`]);
});

test("without a word, only those are told whose form gives them away", () => {
  expect(foundBy(pii, "it is 512-44-9821")).toEqual(["national_id: 512-44-9821"]);
  expect(foundBy(pii, "it is 390.533.447-05")).toEqual(["national_id: 390.533.447-05"]);
  expect(foundBy(pii, "order 111222333 of 7523169263 pieces, batch 36574261809")).toEqual([]);
});

test("a wrong checksum is not told even where a word announces it", () => {
  expect(foundBy(pii, "PESEL 44051401358, BSN 111222334, CPF 390.533.447-06")).toEqual([]);
});
