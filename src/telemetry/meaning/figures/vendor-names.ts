// One name a vendor, the one it has in this program: the same vendor is called five ways by five libraries, and sums by
// vendor are to count it once. A name that is not known stays, in lower case.

/** By how it is called elsewhere, in lower case and without what follows a dot or a slash where that is not listed. */
export const vendorAliases: Readonly<Record<string, string>> = {
  "gcp.gemini": "google",
  "gcp.gen_ai": "google",
  "gcp.vertex_ai": "vertex",
  gemini: "google",
  "google.generative-ai": "google",
  google_genai: "google",
  "google.vertex": "vertex",
  "google-vertex": "vertex",
  vertex_ai: "vertex",
  vertexai: "vertex",
  "aws.bedrock": "bedrock",
  "amazon-bedrock": "bedrock",
  aws: "bedrock",
  "azure.ai.openai": "azure-openai",
  "azure.ai.inference": "azure-openai",
  "az.ai.openai": "azure-openai",
  "az.ai.inference": "azure-openai",
  azure: "azure-openai",
  azure_openai: "azure-openai",
  mistral_ai: "mistral",
  mistralai: "mistral",
  x_ai: "xai",
  "x.ai": "xai",
  "x-ai": "xai",
  moonshot_ai: "moonshot",
  moonshotai: "moonshot",
  together_ai: "together",
  togetherai: "together",
  fireworks_ai: "fireworks",
  voyageai: "voyage",
  voyage_ai: "voyage",
  jina_ai: "jina",
  hugging_face: "huggingface",
  perplexity_ai: "perplexity",
};

const NAME_CHARACTERS_MAX = 200;

export function vendorNamed(said: string): string {
  const name = said.slice(0, NAME_CHARACTERS_MAX).trim().toLowerCase();
  let part = name;
  while (part !== "") {
    if (Object.hasOwn(vendorAliases, part)) return vendorAliases[part] ?? name;
    const cut = Math.max(part.lastIndexOf("."), part.lastIndexOf("/"));
    if (cut === -1) break;
    part = part.slice(0, cut);
  }
  return part === "" ? name : part;
}
