// A request as it is made elsewhere: by curl, by the Python and the JavaScript library.

export const languages = ["curl", "python", "javascript"] as const;
export type Language = (typeof languages)[number];
export const languageNames: Record<Language, string> = { curl: "curl", python: "Python", javascript: "JavaScript" };

/** The key is the reader's own, from their environment. */
export function snippetFor(language: Language, origin: string, request: object): string {
  switch (language) {
    case "curl":
      return [
        `curl '${origin}/v1/chat/completions' \\`,
        `  -H "Authorization: Bearer $BINNACLE_KEY" \\`,
        `  -H 'content-type: application/json' \\`,
        `  -d '${JSON.stringify(request, null, 2).replaceAll("'", String.raw`'\''`)}'`,
      ].join("\n");
    case "python":
      return [
        "import json, os",
        "from openai import OpenAI",
        "",
        `client = OpenAI(base_url="${origin}/v1", api_key=os.environ["BINNACLE_KEY"])`,
        `request = json.loads(${JSON.stringify(JSON.stringify(request))})`,
        "answer = client.chat.completions.create(**request)",
        "print(answer.choices[0].message.content)",
      ].join("\n");
    case "javascript":
      return [
        'import OpenAI from "openai";',
        "",
        `const client = new OpenAI({ baseURL: "${origin}/v1", apiKey: process.env.BINNACLE_KEY });`,
        `const answer = await client.chat.completions.create(${JSON.stringify(request, null, 2)});`,
        "console.log(answer.choices[0].message.content);",
      ].join("\n");
  }
}
