// What callers may ask for beside a chat, and where OpenAI's protocol has it. Most vendors that offer such a thing offer it
// there, so that a request passes through with nothing but its model changed.

export const operations = [
  "chat",
  "embeddings",
  "rerank",
  "image_generation",
  "image_edit",
  "speech",
  "transcription",
  "translation",
  "moderation",
  "count_tokens",
  "realtime",
  "native",
] as const;
export type Operation = (typeof operations)[number];

/** The operations that are one request at one address of OpenAI's protocol. */
export type OpenAiOperation = Exclude<Operation, "chat" | "rerank" | "count_tokens" | "realtime" | "native">;

interface OpenAiPlace {
  /** Goes on after `/v1` here, and after the vendor's base_url there. */
  path: string;
  /** Sent as a form, with files in it. */
  isForm?: true;
  /** How routes and the record call it where the caller names no model; the vendor is told nothing of it. */
  modelDefault?: string;
}

export const openAiOperations: Readonly<Record<OpenAiOperation, OpenAiPlace>> = {
  embeddings: { path: "/embeddings" },
  image_generation: { path: "/images/generations", modelDefault: "gpt-image-1" },
  image_edit: { path: "/images/edits", isForm: true, modelDefault: "gpt-image-1" },
  speech: { path: "/audio/speech" },
  transcription: { path: "/audio/transcriptions", isForm: true },
  translation: { path: "/audio/translations", isForm: true },
  moderation: { path: "/moderations", modelDefault: "omni-moderation-latest" },
};
