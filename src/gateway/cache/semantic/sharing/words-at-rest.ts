// A question's words and their vector as they lie in PostgreSQL: in clear, or sealed together, for a vector tells of its words.
import { type ContentSealer, isSealed } from "../../../../kernel/index.ts";
import { ownerOfScope } from "../../key/scope.ts";
import type { Asked } from "../questions.ts";

export interface AtRest {
  question: string;
  vector: Uint8Array;
}

export interface WordsAtRest {
  put(asked: Pick<Asked, "key" | "scope" | "text" | "vector">): AtRest;
  /** Undefined where its key was destroyed, or cannot be had: then it is asked anew. */
  take(key: string, atRest: AtRest): Promise<Pick<Asked, "text" | "vector"> | undefined>;
}

/** Before the words: how many bytes they are. */
const LENGTH_BYTES = 4;

export function createWordsAtRest(sealer: ContentSealer | undefined): WordsAtRest {
  return {
    put({ key, scope, text, vector }) {
      const bytes = bytesOf(vector);
      if (!sealer?.enabled) return { question: text, vector: bytes };
      const words = Buffer.from(text);
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt32LE(words.length);
      const plain = Buffer.concat([length, words, bytes]);
      return { question: "", vector: sealer.seal(plain, { owner: ownerOfScope(scope), place: placeOf(key) }) };
    },
    async take(key, { question, vector }) {
      // A vector may begin as what is sealed does; a question that was kept says something.
      if (question !== "" || !isSealed(vector)) return { text: question, vector: floatsOf(vector) };
      const plain = await open(vector, placeOf(key));
      if (!plain) return undefined;
      const from = LENGTH_BYTES + Buffer.from(plain).readUInt32LE();
      return {
        text: Buffer.from(plain.subarray(LENGTH_BYTES, from)).toString(),
        vector: floatsOf(plain.subarray(from)),
      };
    },
  };

  async function open(bytes: Uint8Array, place: string): Promise<Uint8Array | undefined> {
    try {
      return await sealer?.open(bytes, place);
    } catch {
      return undefined;
    }
  }
}

const placeOf = (key: string): string => `kept question ${key}`;

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** Floats must stand at a multiple of their size; bytes may begin anywhere. */
function floatsOf(bytes: Uint8Array): Float32Array {
  return new Float32Array(Uint8Array.from(bytes).buffer);
}
