/** What a reasoning model thinks aloud before it answers. */
const THINKING = /^\s*<(think|thinking|reasoning)>[\s\S]*?(<\/\1>|$)/i;

/** The answer without what the model thought aloud before it. */
export function withoutThinking(answer: string): string {
  return answer.replace(THINKING, "").trim();
}

/** The answer without Markdown's emphasis and code marks, quotes around it, and white space that says nothing. */
export function plainAnswer(answer: string): string {
  return withoutThinking(answer)
    .replace(/^```[\w-]*\n([\s\S]*?)\n?```$/, "$1")
    .replaceAll(/\*\*|__|`/g, "")
    .replaceAll(/\s+/g, " ")
    .trim()
    .replace(/^["'“”‘’«»]+|["'“”‘’«»]+$/g, "")
    .replace(/[.!]$/, "")
    .replace(/^["'“”‘’«»]+|["'“”‘’«»]+$/g, "")
    .trim();
}
