import { describe, expect, test } from "bun:test";
import { detectorNamed, foundBy } from "../detectors.fixture.ts";

const pii = detectorNamed("pii");
const found = (text: string): string[] => foundBy(pii, text);

describe("cards", () => {
  test("are found with and without separators", () => {
    for (const card of ["4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1111", "4111.1111.1111.1111"])
      expect(found(`pay with card ${card} today`)).toEqual([`card: ${card}`]);
    expect(found("378282246310005")).toEqual(["card: 378282246310005"]);
  });

  test("need a good checksum, and a range and length that issuers use", () => {
    expect(found("4111111111111112 or 9111111111111111 or 0000000000000000")).toEqual([]);
  });

  test("are found in other digits, with characters between that nobody sees, and spaced out", () => {
    expect(found("card ４１１１１１１１１１１１１１１１")).toEqual(["card: ４１１１１１１１１１１１１１１１"]);
    expect(found("card 4111\u200b1111\u20601111\u00ad1111.")).toEqual(["card: 4111\u200b1111\u20601111\u00ad1111"]);
    expect(found("card 4111\u00a01111\u20091111 1111")).toEqual(["card: 4111\u00a01111\u20091111 1111"]);
    expect(found("card 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1")).toEqual(["card: 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"]);
    expect(found("card٤١١١١١١١١١١١١١١١")).toEqual(["card: ٤١١١١١١١١١١١١١١١"]);
    expect(found("cc4111111111111111")).toEqual(["card: 4111111111111111"]);
  });

  test("are not seen in columns of figures and in fractions", () => {
    expect(found("12 4111 11 1111 11 1111 87")).toEqual([]);
    expect(found("0.4111111111111111")).toEqual([]);
  });
});

describe("accounts", () => {
  test("IBANs are found by their checksum, in groups or not", () => {
    expect(found("to GB29 NWBK 6016 1331 9268 19 please")).toEqual(["iban: GB29 NWBK 6016 1331 9268 19"]);
    expect(found("de89370400440532013000")).toEqual(["iban: de89370400440532013000"]);
    expect(found("DE89370400440532013001")).toEqual([]);
  });
});

describe("addresses of the network", () => {
  test("e-mail is found in its forms, the spelt ones too", () => {
    expect(found("write to jane.doe+news@mail.example.co.uk.")).toEqual(["email: jane.doe+news@mail.example.co.uk"]);
    expect(found("jane [at] example [dot] org")).toEqual(["email: jane [at] example [dot] org"]);
    expect(found("jane(at)example.org")).toEqual(["email: jane(at)example.org"]);
    expect(found("jané@exämple.org and jane＠example.org")).toEqual([
      "email: jané@exämple.org",
      "email: jane＠example.org",
    ]);
    expect(found("a @decorator, user@localhost, 3 @ 5")).toEqual([]);
  });

  test("IP addresses are found, versions of programs are not", () => {
    expect(found("from 192.168.17.4 and 2001:db8::8a2e:370:7334")).toEqual([
      "ip: 192.168.17.4",
      "ip: 2001:db8::8a2e:370:7334",
    ]);
    expect(found("version 1.2.3.4, 300.1.1.1, 1.2.3.4.5, at 12:30:45")).toEqual([]);
  });

  test("addresses with a password in them are found whole", () => {
    expect(found("see https://jane:s3cret@example.org/path")).toEqual([
      "url_credentials: https://jane:s3cret@example.org",
    ]);
  });
});

describe("telephone numbers", () => {
  test("are found by country code, by words and by form", () => {
    expect(found("+44 20 7946 0958")).toEqual(["phone: +44 20 7946 0958"]);
    expect(found("call 555 01 99 now")).toEqual(["phone: 555 01 99"]);
    expect(found("(415) 555-2671 x12")).toEqual(["phone: (415) 555-2671 x12"]);
    expect(found("030 901820")).toEqual(["phone: 030 901820"]);
  });

  test("are not seen in dates, amounts and years", () => {
    expect(found("on 2024-05-17 and 12.05.2023, 1990-1995, 1234567.89, order 1234567")).toEqual([]);
  });
});

test("days of birth are dates that words of birth announce", () => {
  expect(found("She was born on 12 March 1985 in Cork.")).toEqual(["date_of_birth: 12 March 1985"]);
  expect(found("DOB: 03/12/1985")).toEqual(["date_of_birth: 03/12/1985"]);
  expect(found("The release of 03/12/1985 was late.")).toEqual([]);
});

test("only kinds that the config names are looked for", () => {
  const cards = detectorNamed("pii", { pii: { kinds: ["card"] } });
  expect(foundBy(cards, "jane@example.org 4111111111111111")).toEqual(["card: 4111111111111111"]);
  expect(cards.kinds).toEqual(["card"]);
});
