// What is said to the built-in model's thread, and what it says.

export interface ThreadRequest {
  texts: string[];
}

export type ThreadAnswer = { vectors: number[][]; error?: undefined } | { error: string };
