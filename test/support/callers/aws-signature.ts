// Signature Version 4, worked out again from what was received: whether a request bears the signature that its key would give it.
import { createHash, createHmac } from "node:crypto";

export interface ReceivedRequest {
  method: string;
  /** As it came, escapes included. */
  path: string;
  headers: Headers;
  body: string;
}

/** The signature that this request should bear; the query is taken to be empty. */
export function expectedSignature({ method, path, headers, body }: ReceivedRequest, secret: string): string {
  const { credential, signedHeaders } = readAuthorization(headers);
  const [date = "", region = "", service = ""] = credential.split("/").slice(1);
  // Each segment of the path is escaped once more than it came.
  const canonicalPath = path.split("/").map(encodeURIComponent).join("/");
  const canonicalHeaders = signedHeaders.split(";").map((name) => `${name}:${headers.get(name)?.trim() ?? ""}\n`);
  const canonical = [method, canonicalPath, "", canonicalHeaders.join(""), signedHeaders, hash(body)].join("\n");
  const scope = `${date}/${region}/${service}/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", headers.get("x-amz-date") ?? "", scope, hash(canonical)].join("\n");
  const key = [date, region, service, "aws4_request"].reduce<string | Buffer>(
    (from, each) => createHmac("sha256", from).update(each).digest(),
    `AWS4${secret}`,
  );
  return createHmac("sha256", key).update(toSign).digest("hex");
}

export function readAuthorization(headers: Headers): { credential: string; signedHeaders: string; signature: string } {
  const form = /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;
  const [, credential = "", signedHeaders = "", signature = ""] = form.exec(headers.get("authorization") ?? "") ?? [];
  return { credential, signedHeaders, signature };
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
