// What a response may be made of at all: answers of providers need no document type, no comments and no processing instructions,
// and attacks on readers of XML need one of them.

/** Throws an Error that says why. `response` is base64. */
export function requirePlainXml(response: string, bytesMax: number): void {
  if (response.length > (bytesMax * 4) / 3 + 4) throw new Error(`it is longer than ${bytesMax} bytes`);
  const xml = Buffer.from(response, "base64").toString("utf8");
  const afterDeclaration = xml.replace(/^\uFEFF?\s*<\?xml\s[^>]*\?>/, "");
  if (/<!DOCTYPE|<!ENTITY/i.test(afterDeclaration)) throw new Error("it has a document type");
  if (afterDeclaration.includes("<!--")) throw new Error("it has comments, which could hide a part of a name");
  if (afterDeclaration.includes("<?")) throw new Error("it has processing instructions");
  if (afterDeclaration.includes("<![CDATA[")) throw new Error("it has CDATA sections");
  if (/xmldsig#(rsa-|hmac-|dsa-)?sha1|xmldsig-more#(rsa-)?md5|hmac-/i.test(afterDeclaration))
    throw new Error("it is signed by an algorithm that is no longer safe");
}
