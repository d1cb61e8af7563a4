const TOKEN = /\s*\S{1,12}|\s+$/gu;

/** The text in word-like pieces that join to it again: what Sketch counts and streams as tokens. */
export function tokenize(text: string): string[] {
  return text.match(TOKEN) ?? [];
}

/** How many tokens a text has for Sketch. */
export function countTokens(text: string): number {
  return tokenize(text).length;
}
