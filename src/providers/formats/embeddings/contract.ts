// The canonical model of embedding calls; format.ts says what each format offers. Unlike in a chat, an input cannot be
// left out: the answer has a vector for each, in their order. So what a vendor cannot embed is refused, not dropped.
import type { Extra, Usage } from "../../contract.ts";

export type EmbeddingFormatName = "openai" | "gemini" | "cohere" | "ollama";

/** `url` is `https:` or `data:`. */
export type EmbeddingPart =
  | { type: "text"; text: string }
  | { type: "image"; url: string }
  /** A part without a canonical word: the whole of it, as the caller gave it. */
  | { type: "other"; extra: Extra };

/** A text; tokens of the model's own; or parts that are embedded together. */
export type EmbeddingInput = string | number[] | EmbeddingPart[];

/** `base64` is of 32-bit floats, the lowest byte first. The last four are for quantised vectors. */
export type Encoding = "float" | "base64" | "int8" | "uint8" | "binary" | "ubinary";
export type QuantisedEncoding = Exclude<Encoding, "float" | "base64">;

/** What the vectors are for. */
export type InputType =
  | "query"
  | "document"
  | "classification"
  | "clustering"
  | "similarity"
  | "question_answering"
  | "fact_verification"
  | "code_query"
  | "image";

export interface EmbeddingRequest {
  model: string;
  /** Whose names stand in `extra`. */
  format: EmbeddingFormatName;
  inputs: EmbeddingInput[];
  /** The caller gave one, not a list of one; Gemini answers the two in different words. */
  is_single?: true;
  dimensions?: number;
  /** How the caller wants the vectors; as floats where nothing is said. */
  encodings?: Encoding[];
  input_type?: InputType;
  /** Where to cut what is too long; `none` refuses it. */
  truncate?: "none" | "start" | "end";
  user?: string;
  extra?: Extra;
}

export type Vector = number[] | Float32Array;

export interface EmbeddingAnswer {
  id?: string;
  model?: string;
  /** One for each input, in order; empty where only quantised ones came. */
  vectors: Vector[];
  quantised?: Partial<Record<QuantisedEncoding, number[][]>>;
  usage?: Usage;
  /** What the vendor said beyond this, under its own names. */
  extra?: Extra;
}
