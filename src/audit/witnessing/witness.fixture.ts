// A witness of C2SP tlog-witness for tests: remembers one checkpoint, checks what follows from it with another's implementation of
// RFC 9162, and co-signs.
import { createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import rfc9162 from "@transmute/rfc9162";
import {
  COSIGNATURE,
  cosignedText,
  isSignedBy,
  keyIdOf,
  publicBytesOf,
  readCheckpoint,
  readNote,
  readVerifier,
  writeSignature,
  writeVerifier,
} from "../checkpoints/note.ts";

const NAME = "witness.example/w1";

export function startWitness(logKeys: () => string[]) {
  const { privateKey } = generateKeyPairSync("ed25519");
  const publicKey = publicBytesOf(createPublicKey(privateKey));
  let seen = { size: 0, root: new Uint8Array() };
  const asked: number[] = [];

  async function answer(body: string): Promise<Response> {
    const end = body.indexOf("\n\n");
    const [first = "", ...proof] = body.slice(0, end).split("\n");
    const note = readNote(body.slice(end + 2));
    const checkpoint = note && readCheckpoint(note.text);
    const isSigned = logKeys().some((text) => {
      const verifier = readVerifier(text);
      return note && verifier && isSignedBy(note, verifier);
    });
    if (!note || !checkpoint || !isSigned) return new Response(null, { status: 403 });
    const { size } = checkpoint;
    if (Number(first.slice("old ".length)) !== seen.size)
      return new Response(`${seen.size}\n`, { status: 409, headers: { "content-type": "text/x.tlog.size" } });
    const root = new Uint8Array(checkpoint.root);
    // That implementation wants what RFC 9162 has the verifier put first itself: the older root, where its size is a power of two.
    const first_hash = Number.isInteger(Math.log2(seen.size)) ? [seen.root] : [];
    const consistency_path = [...first_hash, ...proof.map((line) => new Uint8Array(Buffer.from(line, "base64")))];
    const said = { log_id: "", tree_size_1: seen.size, tree_size_2: size, consistency_path };
    const follows = seen.size === 0 || (await rfc9162.verifyConsistencyProof(seen.root, root, said));
    if (!follows) return new Response(null, { status: 422 });
    seen = { size, root };
    const seconds = 1_795_262_400n;
    const time = Buffer.alloc(8);
    time.writeBigUInt64BE(seconds);
    const signature = sign(null, cosignedText(note.text, seconds), privateKey);
    const bytes = Buffer.concat([keyIdOf(NAME, COSIGNATURE, publicKey), time, signature]);
    return new Response(writeSignature({ name: NAME, bytes }));
  }

  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const response = await answer(await request.text());
      asked.push(response.status);
      return response;
    },
  });
  return {
    url: server.url.href,
    key: writeVerifier(NAME, COSIGNATURE, publicKey),
    asked,
    size: () => seen.size,
    close: () => server.stop(true),
  };
}
