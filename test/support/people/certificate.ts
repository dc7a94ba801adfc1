// A key and a certificate that signs itself, made when a test needs it: none is kept in the repository.
import { createSign, generateKeyPairSync } from "node:crypto";

export interface SigningPair {
  privateKey: string;
  certificate: string;
}

const SHA256_RSA = "2a864886f70d01010b";
const COMMON_NAME = "550403";

const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const size = body.length;
  const head = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...head]), body]);
};
const sequence = (...parts: Buffer[]): Buffer => der(0x30, ...parts);
const objectId = (hex: string): Buffer => der(6, Buffer.from(hex, "hex"));
const time = (text: string): Buffer => der(0x17, Buffer.from(text));

export function makeSigningPair(name = "test provider"): SigningPair {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const algorithm = sequence(objectId(SHA256_RSA), der(5));
  const who = sequence(der(0x31, sequence(objectId(COMMON_NAME), der(0x0c, Buffer.from(name)))));
  const body = sequence(
    der(0xa0, der(2, Buffer.from([2]))),
    der(2, Buffer.from([1])),
    algorithm,
    who,
    sequence(time("200101000000Z"), time("491231235959Z")),
    who,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = createSign("sha256").update(body).sign(privateKey);
  const certificate = sequence(body, algorithm, der(3, Buffer.from([0]), signature));
  const lines = certificate.toString("base64").replace(/.{1,64}/g, "$&\n");
  return {
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    certificate: `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`,
  };
}
