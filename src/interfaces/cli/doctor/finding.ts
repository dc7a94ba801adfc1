// What one check of the doctor found. A problem stops Binnacle from doing its work; a warning does not yet.

export interface Finding {
  check: string;
  outcome: "ok" | "warning" | "problem";
  message: string;
  /** What to do; null where all is well. */
  fix: string | null;
}

export const fine = (check: string, message: string): Finding => ({ check, outcome: "ok", message, fix: null });

export const warning = (check: string, message: string, fix: string): Finding => ({
  check,
  outcome: "warning",
  message,
  fix,
});

export const problem = (check: string, message: string, fix: string): Finding => ({
  check,
  outcome: "problem",
  message,
  fix,
});
