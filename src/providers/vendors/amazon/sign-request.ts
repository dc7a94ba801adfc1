// Amazon wants requests signed by an access key (Signature Version 4): the signature is over the address, the headers, the body and
// the time.
import { AwsV4Signer } from "aws4fetch";
import type { World } from "../../../kernel/index.ts";
import type { Credential } from "../credentials.ts";

export interface AccessKey {
  accessKeyId: string;
  secretAccessKey: string;
  /** Of a temporary key. */
  sessionToken?: string | undefined;
}

export interface SigningOptions {
  region: string;
  world: Pick<World, "nowMs">;
}

const SERVICE = "bedrock";
/** A signing key is good for a day. */
const KEYS_MAX = 2;

/** `name` is where the key comes from. */
export function accessKeyCredential(name: string, key: AccessKey, { region, world }: SigningOptions): Credential {
  const { accessKeyId, secretAccessKey, sessionToken } = key;
  const cache = new Map<string, ArrayBuffer>();
  return {
    name,
    async authorize({ method, url, headers, body }) {
      if (cache.size > KEYS_MAX) cache.clear();
      const signer = new AwsV4Signer({
        method,
        url,
        headers,
        // A form cannot be signed; nothing here sends one. The type of the bytes would allow memory shared with threads.
        body: body instanceof FormData ? null : ((body ?? null) as string | Uint8Array<ArrayBuffer> | null),
        accessKeyId,
        secretAccessKey,
        ...(sessionToken !== undefined && { sessionToken }),
        service: SERVICE,
        region,
        datetime: timeOf(world.nowMs()),
        cache,
      });
      const signed = (await signer.sign()).headers;
      return Object.fromEntries(
        SIGNED.flatMap((header) => {
          const value = signed.get(header);
          return value === null ? [] : [[header, value]];
        }),
      );
    },
  };
}

const SIGNED = ["authorization", "x-amz-date", "x-amz-security-token"];

/** `20261121T103000Z`. */
function timeOf(nowMs: number): string {
  return new Date(nowMs).toISOString().replaceAll(/[:-]|\.\d{3}/g, "");
}
