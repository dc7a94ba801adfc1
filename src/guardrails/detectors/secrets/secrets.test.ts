import { describe, expect, test } from "bun:test";
import { detectorNamed, findWith, foundBy } from "../detectors.fixture.ts";

const secrets = detectorNamed("secrets");
const found = (text: string): string[] => foundBy(secrets, text);
const filler = "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC2dF4gH6jK8mN1pQ3sT5v";

describe("keys of vendors", () => {
  const keys = [
    `bk_${"aB3dE5gH7jK9"}_${filler.slice(0, 43)}aB3dE5`,
    `sk-ant-api03-${filler}`,
    `sk-proj-${filler}`,
    `sk-${filler.slice(0, 40)}`,
    `gsk_${filler}ab3`,
    `hf_${filler.slice(0, 34)}`,
    `glpat-${filler.slice(0, 20)}`,
    "AKIAIOSFODNN7EXAMPLE",
    `AIza${filler.slice(0, 35)}`,
    `xoxb-123456789012-${filler.slice(0, 24)}`,
    ["sk", "live", filler.slice(0, 24)].join("_"),
    `SG.${filler.slice(0, 22)}.${filler.slice(0, 43)}`,
    `hvs.${filler.slice(0, 24)}`,
    `dop_v1_${"0a1b2c3d".repeat(8)}`,
    `12345678:AA${filler.slice(0, 33)}`,
    `AGE-SECRET-KEY-1${"QPZRY9X8".repeat(8).slice(0, 58)}`,
  ];
  test.each(keys)("%s is found whole", (key) => {
    expect(found(`use ${key} for it`)).toEqual([`secret: ${key}`]);
    expect(found(`{"key":"${key}"}`)).toEqual([`secret: ${key}`]);
  });

  test("tokens with a checksum are surer with a good one", () => {
    const body = "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC2";
    const [wrong] = findWith(secrets, `ghp_${body}000000`);
    expect(wrong?.score).toBe(0.6);
  });

  test("names in programs, identifiers and hashes are not secrets", () => {
    expect(found("getElementsByClassName some-kebab-case-name-of-a-file sk-learn-like")).toEqual([]);
    expect(found("550e8400-e29b-41d4-a716-446655440000 d41d8cd98f00b204e9800998ecf8427e")).toEqual([]);
  });

  test("characters that nobody sees do not hide a key", () => {
    expect(found("AKIA\u200bIOSFODNN7\u2060EXAMPLE")).toEqual(["secret: AKIA\u200bIOSFODNN7\u2060EXAMPLE"]);
  });
});

describe("private keys", () => {
  const line = `${filler}${filler}`.slice(0, 64);
  const pem = `-----BEGIN RSA PRIVATE KEY-----\n${line}\n${line}\n${line.slice(0, 20)}==\n-----END RSA PRIVATE KEY-----`;
  test("are found from first to last line, also with escaped line ends and without an end", () => {
    expect(found(`here:\n${pem}\nbye`)).toEqual([`secret: ${pem}`]);
    const escaped = pem.replaceAll("\n", "\\n");
    expect(found(`"${escaped}"`)).toEqual([`secret: ${escaped}`]);
    expect(found(pem.slice(0, 120))).toEqual([`secret: ${pem.slice(0, 120)}`]);
  });

  test("are known by their lines where the first is gone", () => {
    expect(found(`${line}\n${line}\n${line}`)).toEqual([`secret: ${line}\n${line}\n${line}`]);
  });

  test("certificates and public keys are no secrets", () => {
    expect(found(pem.replaceAll("RSA PRIVATE KEY", "CERTIFICATE"))).toEqual([]);
    expect(found(pem.replaceAll("RSA PRIVATE KEY", "PUBLIC KEY"))).toEqual([]);
  });
});

describe("tokens and passwords", () => {
  test("a JSON web token is found whole", () => {
    const header = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString("base64url");
    const payload = Buffer.from('{"sub":"1234567890"}').toString("base64url");
    expect(found(`Bearer ${header}.${payload}.${filler.slice(0, 43)}`)).toEqual([
      `secret: ${header}.${payload}.${filler.slice(0, 43)}`,
    ]);
  });

  test("of a token that is longer than a window of a stream, the rest is found wherever the window begins", () => {
    const header = Buffer.from('{"alg":"RS256","typ":"JWT"}').toString("base64url");
    const claims = Object.fromEntries(
      Array.from({ length: 40 }, (_, place) => [`claim_${place}`, `Value ${place * 7919}`]),
    );
    const token = `${header}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.${filler.repeat(7).slice(0, 342)}`;
    for (let from = 0; from + 680 <= token.length; from += 13) {
      const [window] = findWith(secrets, `${token.slice(from, from + 680)} and more`);
      expect([from, window?.text.length]).toEqual([from, 680]);
    }
  });

  test("connection strings with a password are found, those without are not", () => {
    expect(found("postgres://app:s3cr3t!@db.example:5432/app")).toEqual([
      "secret: postgres://app:s3cr3t!@db.example:5432/app",
    ]);
    expect(found("postgres://localhost:5432/app")).toEqual([]);
  });

  test("a value that its name calls a secret is found, a placeholder is not", () => {
    expect(found('password = "hunter2!x9"')).toEqual(["secret: hunter2!x9"]);
    expect(found("AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")).toEqual([
      "secret: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    ]);
    expect(found("password=your_password_1 token: ${TOKEN_1234} secret: xxxxxxxx1")).toEqual([]);
  });
});
