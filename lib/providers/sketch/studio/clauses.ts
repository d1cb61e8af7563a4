const VERBS =
  "add|include|implement|support|enable|remove|delete|drop|rename|change|make|switch|turn|give|call|set|use|put|introduce|disable";

/** Pleasantries in front of what is asked for. */
const POLITE =
  /^(?:(?:please|now|then|also|next|hi|hello|ok|okay|and|und|bitte|could you|can you|would you|you should|i want you to|i(?:'d| would) like (?:you )?to|i want(?: to)?|we need(?: to)?|let'?s|-|\*|\d+[.)])[\s,]+)+/i;

/** German ways to say it, as English ones. */
const GERMAN: [RegExp, string][] = [
  [/\bfüge?\s+(.+?)\s+hinzu\b/gi, "add $1"],
  [/\b(?:ergänze|baue?)\s+(.+?)(?:\s+ein)?$/gim, "add $1"],
  [/\bentfern(?:e|en)\s+/gi, "remove "],
  [/\bbenenne\s+(.+?)\s+in\s+(.+?)\s+um\b/gi, "rename $1 to $2"],
  [/\bmach(?:e)?\s+(?:es|die seite|alles)\s+/gi, "make it "],
  [/\bändere\s+den\s+titel\s+(?:in|zu|auf)\s+/gi, "change the title to "],
  [/\b(?:ein|das)\s+feld\s+(\p{L}+)/giu, "a $1 field"],
  [/\bzu (?:den |der |dem )?(\p{Lu}\p{L}+)/gu, "to $1"],
];

/** The single wishes of a request: "add search and remove the body field" are two. */
export function clausesOf(request: string): string[] {
  const english = GERMAN.reduce(
    (text, [pattern, replacement]) => text.replace(pattern, replacement),
    request,
  );
  const cut = new RegExp(
    `(?<=[.!?;])\\s+|\\n+|,?\\s+(?:and|then|und)(?:\\s+(?:also|then|please))?\\s+(?=(?:${VERBS})\\b)|,\\s+(?=(?:${VERBS})\\b)`,
    "i",
  );
  return english.split(cut).map((part) => part.trim().replace(POLITE, "").replace(/[.!?;,]+$/, "").trim())
    .filter(Boolean);
}
