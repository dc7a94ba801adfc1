// The vendors as data: address, usual credential, dialects, where their prices are found, and how they depart from the
// dialect's inventor. One that speaks a known dialect is added with these few lines and nothing else.
import type { DialectName } from "../contract.ts";
import type { EmbeddingFormatName } from "../formats/embeddings/index.ts";
import type { ChatQuirks } from "../formats/openai-chat/index.ts";
import type { RerankVendorName } from "../formats/rerank/index.ts";
import type { KeyScheme } from "./credentials.ts";
import type { QuotaStyle } from "./quotas.ts";
import type { Cloud } from "./wires.ts";

export interface Formats {
  embeddings?: EmbeddingFormatName | undefined;
  rerank?: RerankVendorName | undefined;
}

export interface VendorKind {
  /** The address up to where `wires.ts` goes on; null where only the operator knows it. */
  base_url: string | null;
  /** What it can be spoken to in, the best first; chat-completions where nothing is said, none where it is reached in its own words alone. */
  dialects?: readonly DialectName[];
  /** Models, by their name here, that it speaks other dialects about. */
  families?: readonly { names: RegExp; dialects: readonly DialectName[] }[];
  /** Names of models that are not for chat and that the catalogue does not list: whoever says one means this vendor. */
  known_for?: RegExp;
  /** In which it embeds and reranks; OpenAI's for embeddings where it speaks chat-completions and nothing is said. */
  formats?: Formats;
  /** Has addresses of its own for the dialects of others. */
  cloud?: Cloud;
  /** How it is shown an API key; as a bearer token where nothing is said. */
  key_scheme?: KeyScheme;
  /** The usual environment variable of its API key; null where none is needed or known. */
  key_env: string | null;
  /** How it says in headers what is left of its limits; like OpenAI where nothing is said. */
  quotas?: QuotaStyle;
  /** An environment variable that moves the address. */
  base_url_env?: string;
  /** Its id in `@pydantic/genai-prices`; null where that has no prices. */
  prices: string | null;
  /** Its id in models.dev; null where that does not list it. */
  models: string | null;
  /** Runs on the operator's own machines: on this very machine its tokens cost nothing. */
  is_local?: true;
  /** Where a server on this machine lists its models, relative to the host; those that have it are looked for on start. */
  probe_path?: string;
  quirks: ChatQuirks;
}

const usual: ChatQuirks = {
  stream_options: true,
  max_tokens_field: "max_tokens",
  reasoning_field: "reasoning_content",
};

export const vendorKinds = {
  openai: {
    base_url: "https://api.openai.com/v1",
    key_env: "OPENAI_API_KEY",
    base_url_env: "OPENAI_BASE_URL",
    prices: "openai",
    models: "openai",
    dialects: ["openai-chat", "openai-responses"],
    known_for:
      /^(?:text-embedding-(?:3|ada)|gpt-(?:image|realtime|audio)|gpt-4o.*-(?:transcribe|tts)|dall-e|tts|whisper|omni-mod)/,
    quirks: { ...usual, max_tokens_field: "max_completion_tokens" },
  },
  // Its API of version 1 is OpenAI's own, a deployment's name in the model's place. The address ends in /openai/v1.
  "azure-openai": {
    base_url: null,
    key_env: "AZURE_OPENAI_API_KEY",
    key_scheme: "api-key",
    prices: "azure",
    models: "azure",
    dialects: ["openai-chat", "openai-responses"],
    quirks: { ...usual, max_tokens_field: "max_completion_tokens" },
  },
  anthropic: {
    base_url: "https://api.anthropic.com",
    key_env: "ANTHROPIC_API_KEY",
    base_url_env: "ANTHROPIC_BASE_URL",
    prices: "anthropic",
    models: "anthropic",
    quotas: "anthropic",
    dialects: ["anthropic-messages"],
    key_scheme: "x-api-key",
    quirks: usual,
  },
  google: {
    base_url: "https://generativelanguage.googleapis.com/v1beta",
    key_env: "GEMINI_API_KEY",
    key_scheme: "x-goog-api-key",
    prices: "google",
    models: "google",
    dialects: ["gemini"],
    formats: { embeddings: "gemini" },
    quirks: usual,
  },
  // The address ends in /v1/projects/PROJECT/locations/LOCATION.
  vertex: {
    base_url: null,
    key_env: null,
    cloud: "vertex",
    prices: "google",
    models: "google",
    dialects: ["gemini"],
    families: [{ names: /^claude-/, dialects: ["anthropic-messages"] }],
    quirks: usual,
  },
  // The address is its region's.
  bedrock: {
    base_url: null,
    key_env: "AWS_BEARER_TOKEN_BEDROCK",
    base_url_env: "AWS_ENDPOINT_URL_BEDROCK_RUNTIME",
    cloud: "bedrock",
    prices: "aws",
    models: "amazon-bedrock",
    dialects: ["bedrock-converse"],
    families: [{ names: /anthropic\.claude/, dialects: ["bedrock-converse", "anthropic-messages"] }],
    quirks: usual,
  },
  cohere: {
    base_url: "https://api.cohere.com",
    key_env: "CO_API_KEY",
    prices: "cohere",
    models: "cohere",
    dialects: ["cohere-chat"],
    known_for: /^(?:embed|rerank)-/,
    formats: { embeddings: "cohere", rerank: "cohere-v2" },
    quirks: usual,
  },
  jina: {
    base_url: "https://api.jina.ai/v1",
    key_env: "JINA_API_KEY",
    prices: null,
    models: null,
    dialects: [],
    formats: { embeddings: "openai", rerank: "jina" },
    quirks: usual,
  },
  voyage: {
    base_url: "https://api.voyageai.com/v1",
    key_env: "VOYAGE_API_KEY",
    prices: null,
    models: null,
    dialects: [],
    formats: { embeddings: "openai", rerank: "voyage" },
    quirks: usual,
  },
  groq: {
    base_url: "https://api.groq.com/openai/v1",
    key_env: "GROQ_API_KEY",
    prices: "groq",
    models: "groq",
    quirks: { ...usual, max_tokens_field: "max_completion_tokens", reasoning_field: "reasoning" },
  },
  // Refuses parameters that it does not know; sends usage with every stream.
  mistral: {
    base_url: "https://api.mistral.ai/v1",
    key_env: "MISTRAL_API_KEY",
    prices: "mistral",
    models: "mistral",
    quotas: "mistral",
    quirks: { ...usual, stream_options: false, reasoning_field: "thinking" },
  },
  deepseek: {
    base_url: "https://api.deepseek.com",
    key_env: "DEEPSEEK_API_KEY",
    prices: "deepseek",
    models: "deepseek",
    quirks: usual,
  },
  openrouter: {
    base_url: "https://openrouter.ai/api/v1",
    key_env: "OPENROUTER_API_KEY",
    prices: "openrouter",
    models: "openrouter",
    quirks: { ...usual, max_tokens_field: "max_completion_tokens", reasoning_field: "reasoning" },
  },
  together: {
    base_url: "https://api.together.xyz/v1",
    key_env: "TOGETHER_API_KEY",
    prices: "together",
    models: "togetherai",
    quirks: usual,
  },
  xai: {
    base_url: "https://api.x.ai/v1",
    key_env: "XAI_API_KEY",
    prices: "x-ai",
    models: "xai",
    quirks: usual,
  },
  cerebras: {
    base_url: "https://api.cerebras.ai/v1",
    key_env: "CEREBRAS_API_KEY",
    prices: "cerebras",
    models: "cerebras",
    quotas: "cerebras",
    quirks: { ...usual, max_tokens_field: "max_completion_tokens", reasoning_field: "reasoning" },
  },
  fireworks: {
    base_url: "https://api.fireworks.ai/inference/v1",
    key_env: "FIREWORKS_API_KEY",
    prices: "fireworks",
    models: "fireworks-ai",
    quirks: usual,
  },
  // Sends usage with every stream, unasked.
  perplexity: {
    base_url: "https://api.perplexity.ai",
    key_env: "PERPLEXITY_API_KEY",
    prices: "perplexity",
    models: "perplexity",
    quirks: { ...usual, stream_options: false },
  },
  nebius: {
    base_url: "https://api.tokenfactory.nebius.com/v1",
    key_env: "NEBIUS_API_KEY",
    prices: null,
    models: "nebius",
    quirks: usual,
  },
  moonshot: {
    base_url: "https://api.moonshot.ai/v1",
    key_env: "MOONSHOT_API_KEY",
    prices: "moonshotai",
    models: "moonshotai",
    quirks: usual,
  },
  deepinfra: {
    base_url: "https://api.deepinfra.com/v1/openai",
    key_env: "DEEPINFRA_API_KEY",
    prices: null,
    models: "deepinfra",
    quirks: usual,
  },
  huggingface: {
    base_url: "https://router.huggingface.co/v1",
    key_env: "HF_TOKEN",
    prices: null,
    models: "huggingface",
    quirks: usual,
  },
  // Voice: reached in its own words.
  elevenlabs: {
    base_url: "https://api.elevenlabs.io",
    key_env: "ELEVENLABS_API_KEY",
    key_scheme: "xi-api-key",
    dialects: [],
    prices: null,
    models: null,
    quirks: usual,
  },
  deepgram: {
    base_url: "https://api.deepgram.com",
    key_env: "DEEPGRAM_API_KEY",
    key_scheme: "token",
    dialects: [],
    prices: null,
    models: null,
    quirks: usual,
  },
  // Its own words come first: they alone say `top_k`, a context's length and how long a model stays, and have done so in every
  // version, while thinking came to the compatible ones late. Callers of chat-completions are passed through all the same.
  ollama: {
    base_url: "http://127.0.0.1:11434/v1",
    dialects: ["ollama-chat", "openai-chat"],
    key_env: null,
    prices: null,
    models: null,
    is_local: true,
    probe_path: "/api/tags",
    quirks: { ...usual, reasoning_field: "reasoning" },
  },
  vllm: {
    base_url: "http://127.0.0.1:8000/v1",
    key_env: null,
    prices: null,
    models: null,
    is_local: true,
    formats: { rerank: "vllm" },
    quirks: usual,
  },
  lmstudio: {
    base_url: "http://127.0.0.1:1234/v1",
    key_env: null,
    prices: null,
    models: null,
    is_local: true,
    probe_path: "/v1/models",
    quirks: usual,
  },
  llamacpp: {
    base_url: "http://127.0.0.1:8080/v1",
    key_env: null,
    prices: null,
    models: null,
    is_local: true,
    quirks: usual,
  },
  // Hugging Face's server of embedding and reranking models.
  tei: {
    base_url: null,
    key_env: null,
    prices: null,
    models: null,
    is_local: true,
    dialects: [],
    formats: { embeddings: "openai", rerank: "tei" },
    quirks: usual,
  },
  "openai-compatible": { base_url: null, key_env: null, prices: null, models: null, quirks: usual },
} as const satisfies Record<string, VendorKind>;

export type VendorKindName = keyof typeof vendorKinds;
export const vendorKindNames = Object.keys(vendorKinds) as [VendorKindName, ...VendorKindName[]];

/** The row of a kind, with its optional columns. */
export function vendorKind(name: VendorKindName): VendorKind {
  return vendorKinds[name];
}
