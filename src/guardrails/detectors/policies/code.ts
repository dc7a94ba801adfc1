// Which programming languages may appear: by the name on a fenced block, or by what the lines look like.
import type { Finder } from "../scanning/finder.ts";

export const codeLanguages = ["python", "javascript", "shell", "sql", "html", "c", "java", "powershell", "go", "rust", "php"] as const; // prettier-ignore
export type CodeLanguage = (typeof codeLanguages)[number];

export interface CodeSettings {
  /** Empty: every language that is not denied. */
  allow: readonly CodeLanguage[];
  deny: readonly CodeLanguage[];
}

const NAMES: Record<string, CodeLanguage> = { py: "python", python3: "python", js: "javascript", ts: "javascript", typescript: "javascript", jsx: "javascript", tsx: "javascript", node: "javascript", sh: "shell", bash: "shell", zsh: "shell", console: "shell", mysql: "sql", postgresql: "sql", psql: "sql", "c++": "c", cpp: "c", h: "c", ps1: "powershell", pwsh: "powershell", golang: "go", rs: "rust", htm: "html", xml: "html", svg: "html" }; // prettier-ignore

/** Two different ones within a block, or within lines that follow one another, name the language. */
const SIGNS: Record<CodeLanguage, RegExp[]> = {
  python: [/^\s{0,16}def \w{1,60}\(/m, /^(?:import|from) [\w.]{1,60}/m, /^\s{0,16}(?:if|for|while|with) [^\n]{1,100}:\s?$/m, /\bprint\(/, /\bself\./], // prettier-ignore
  javascript: [/\b(?:const|let|var) \w{1,60} ?=/, /\bfunction ?\w{0,60}\(/, /=> ?[{(]/, /\bconsole\.log\(/, /\brequire\(["']/], // prettier-ignore
  shell: [/^#!\/bin\/(?:ba|z)?sh/m, /^\s{0,8}(?:sudo|apt|apt-get|curl|wget|chmod|rm -|export|echo) /m, /\$\(\w/, /\| ?(?:grep|sh|bash|awk|xargs)\b/], // prettier-ignore
  sql: [/\bSELECT\b[^;]{1,200}\bFROM\b/i, /\b(?:INSERT INTO|DELETE FROM|DROP TABLE|ALTER TABLE|CREATE TABLE)\b/i, /\bWHERE\b[^;]{1,80}=/i, /\bUNION SELECT\b/i], // prettier-ignore
  html: [
    /<(?:script|iframe|html|body|div|form|img)\b[^>]{0,200}>/i,
    /<\/(?:script|html|body|div|form)>/i,
    /\bon(?:click|error|load)=/i,
  ],
  c: [/^#include ?[<"]/m, /\bint main\(/, /\bprintf\(/, /\bstd::/, /\bmalloc\(/],
  java: [/\bpublic (?:static )?(?:class|void)\b/, /\bSystem\.out\./, /^import java/m, /\bnew \w{1,60}\(/],
  powershell: [/\b(?:Get|Set|New|Invoke|Remove|Start)-[A-Z]\w{1,40}/, /\$\w{1,40} ?= ?/, /-ExecutionPolicy\b/i],
  go: [/^package \w{1,40}/m, /\bfunc \w{0,60}\(/, /:= /, /\bfmt\.Print/],
  rust: [/\bfn \w{1,60}\(/, /\blet mut /, /\bprintln!\(/, /\bimpl \w/],
  php: [/<\?php/, /\$\w{1,40} ?= ?/, /\becho /, /->\w{1,40}\(/],
};

const FENCE = "```";
const BLOCK_MAX = 20_000;

export function createCodeFinder({ allow, deny }: CodeSettings): Finder {
  const isAllowed = (language: CodeLanguage): boolean =>
    !deny.includes(language) && (allow.length === 0 || allow.includes(language));
  return {
    kinds: ["code"],
    find({ text }, matches) {
      for (const { start, end, language } of blocksOf(text)) {
        if (isAllowed(language)) continue;
        matches.push({ kind: "code", start, end, score: 0.85, why: `code in ${language}` });
      }
    },
  };
}

interface Block {
  start: number;
  end: number;
  language: CodeLanguage;
}

/** Fenced blocks; where there are none, the text as one. */
function blocksOf(text: string): Block[] {
  if (!text.includes(FENCE)) {
    const language = languageOf(text.slice(0, BLOCK_MAX));
    return language === undefined ? [] : [{ start: 0, end: text.length, language }];
  }
  const blocks: Block[] = [];
  for (let start = text.indexOf(FENCE); start >= 0;) {
    const close = text.indexOf(FENCE, start + 3);
    const end = close < 0 ? text.length : close + 3;
    const name = /^[\w+#-]{1,20}/.exec(text.slice(start + 3, start + 23))?.[0].toLowerCase();
    const language = languageNamed(name) ?? languageOf(text.slice(start + 3, Math.min(end, start + BLOCK_MAX)));
    if (language !== undefined) blocks.push({ start, end, language });
    start = close < 0 ? -1 : text.indexOf(FENCE, end);
  }
  return blocks;
}

function languageNamed(name: string | undefined): CodeLanguage | undefined {
  if (name === undefined) return undefined;
  return NAMES[name] ?? codeLanguages.find((language) => language === name);
}

function languageOf(text: string): CodeLanguage | undefined {
  const counted = codeLanguages.map((language) => ({
    language,
    signs: SIGNS[language].filter((sign) => sign.test(text)).length,
  }));
  const best = counted.reduce((most, each) => (each.signs > most.signs ? each : most));
  return best.signs >= 2 ? best.language : undefined;
}
