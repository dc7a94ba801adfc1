// The kinds of what JSON is written with, as jsonc-parser's scanner numbers them: its own names for them do not outlive its build.
export const OPEN_BRACE = 1;
export const CLOSE_BRACE = 2;
export const OPEN_BRACKET = 3;
export const CLOSE_BRACKET = 4;
export const COMMA = 5;
export const COLON = 6;
export const STRING = 10;
export const END = 17;
