// Something that is wrong with a text, where it is known: at which line.

export interface Diagnostic {
  message: string;
  /** From 1. */
  line?: number | undefined;
  /** From 1. */
  column?: number | undefined;
  tone?: "fail" | "warn";
}

export type CodeLanguage = "json" | "yaml" | "cedar" | "text";
