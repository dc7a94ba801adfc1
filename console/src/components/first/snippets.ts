// The first call in each of the usual kits, against this very server, with a model that can be called. The key comes from the environment.

export interface Snippet {
  id: string;
  title: string;
  /** What is to be installed first, where anything is. */
  install: string | null;
  code: string;
}

const question = "Which way is north?";
/** A call under a budget says how long its answer may become: what nothing bounds is refused. */
const answerMax = 200;

export function snippetsFor(origin: string, model: string): Snippet[] {
  return [
    { id: "curl", title: "curl", install: null, code: curl(origin, model) },
    { id: "openai-python", title: "OpenAI, Python", install: "pip install openai", code: openAiPython(origin, model) },
    {
      id: "openai-js",
      title: "OpenAI, JavaScript",
      install: "npm install openai",
      code: openAiJavaScript(origin, model),
    },
    { id: "anthropic", title: "Anthropic, Python", install: "pip install anthropic", code: anthropic(origin, model) },
    {
      id: "vercel",
      title: "Vercel AI SDK",
      install: "npm install ai @ai-sdk/openai-compatible",
      code: vercel(origin, model),
    },
    { id: "langchain", title: "LangChain", install: "pip install langchain-openai", code: langChain(origin, model) },
  ];
}

export function curl(origin: string, model: string): string {
  return lines(
    `curl ${origin}/v1/chat/completions \\`,
    '  -H "Authorization: Bearer $BINNACLE_KEY" \\',
    '  -H "Content-Type: application/json" \\',
    `  -d '{"model": "${model}", "max_tokens": ${answerMax}, "messages": [{"role": "user", "content": "${question}"}]}'`,
  );
}

export function openAiPython(origin: string, model: string): string {
  return lines(
    "import os",
    "from openai import OpenAI",
    "",
    "client = OpenAI(",
    `    base_url="${origin}/v1",`,
    '    api_key=os.environ["BINNACLE_KEY"],',
    ")",
    "answer = client.chat.completions.create(",
    `    model="${model}",`,
    `    max_tokens=${answerMax},`,
    `    messages=[{"role": "user", "content": "${question}"}],`,
    ")",
    "print(answer.choices[0].message.content)",
  );
}

export function openAiJavaScript(origin: string, model: string): string {
  return lines(
    'import OpenAI from "openai";',
    "",
    "const client = new OpenAI({",
    `  baseURL: "${origin}/v1",`,
    "  apiKey: process.env.BINNACLE_KEY,",
    "});",
    "const answer = await client.chat.completions.create({",
    `  model: "${model}",`,
    `  max_tokens: ${answerMax},`,
    `  messages: [{ role: "user", content: "${question}" }],`,
    "});",
    "console.log(answer.choices[0].message.content);",
  );
}

/** Its kit adds `/v1/messages` by itself. */
function anthropic(origin: string, model: string): string {
  return lines(
    "import os",
    "from anthropic import Anthropic",
    "",
    "client = Anthropic(",
    `    base_url="${origin}",`,
    '    api_key=os.environ["BINNACLE_KEY"],',
    ")",
    "answer = client.messages.create(",
    `    model="${model}",`,
    `    max_tokens=${answerMax},`,
    `    messages=[{"role": "user", "content": "${question}"}],`,
    ")",
    "print(answer.content[0].text)",
  );
}

function vercel(origin: string, model: string): string {
  return lines(
    'import { createOpenAICompatible } from "@ai-sdk/openai-compatible";',
    'import { generateText } from "ai";',
    "",
    "const binnacle = createOpenAICompatible({",
    '  name: "binnacle",',
    `  baseURL: "${origin}/v1",`,
    "  apiKey: process.env.BINNACLE_KEY,",
    "});",
    "const { text } = await generateText({",
    `  model: binnacle("${model}"),`,
    `  maxOutputTokens: ${answerMax},`,
    `  prompt: "${question}",`,
    "});",
    "console.log(text);",
  );
}

function langChain(origin: string, model: string): string {
  return lines(
    "import os",
    "from langchain_openai import ChatOpenAI",
    "",
    "chat = ChatOpenAI(",
    `    model="${model}",`,
    `    max_tokens=${answerMax},`,
    `    base_url="${origin}/v1",`,
    '    api_key=os.environ["BINNACLE_KEY"],',
    ")",
    `print(chat.invoke("${question}").content)`,
  );
}

const lines = (...all: string[]): string => all.join("\n");
