import { FOOTER, withFooter } from "../about.ts";

const DIRECTIVES: [example: string, effect: string][] = [
  ["/pace 5", "5 ms before each token; in the system prompt too"],
  ["/burst 20", "20 tokens at once, then a pause"],
  ["/loading 3", "three steps of loading a model first"],
  ["/think some text", "thinks this before it answers"],
  ['/say "exact text"', "answers exactly this"],
  ["/repeat 100 text", "answers with this, 100 times"],
  ["/long 100000", "100,000 characters of sample Markdown"],
  ["/error rate_limited", "fails with this error; with `after 20`, after 20 tokens"],
  ["/stall after 20", "falls silent after 20 tokens"],
  ["/cut after 20", "ends after 20 tokens as if the connection broke"],
];

/** What Sketch can do. */
export function helpAnswer(): string {
  const rows = DIRECTIVES.map(([example, effect]) => `| \`${example}\` | ${effect} |`).join("\n");
  return `## What I can do

- Answer questions about Freshet from its documentation: *"How do I add a node?"*
- Show what answers look like: *"show markdown"*, *"show a table"*, *"show code in Python"*, *"write 500 words"*
- Call tools that you switched on: *"what is 12 * 7?"*, *"what time is it in Asia/Tokyo?"*, *"call calculator with {"expression": "2^10"}"*
- Find words in attached files
- Answer in JSON when a request asks for it, and make simple embeddings

For trying out what is around a model, put these anywhere in a message:

| directive | effect |
| --- | --- |
${rows}

---

${FOOTER}`;
}

/** A greeting. */
export function greetingAnswer(): string {
  return withFooter(
    'Hello! I answer questions about Freshet from its own documentation. Try *"How do I add a model server?"* or *"help"*.',
  );
}

/** True for a message that says hello and little else. */
export function isGreeting(text: string): boolean {
  return /^(?:hi|hello|hey|hallo|moin|servus|guten (?:tag|morgen|abend)|good (?:morning|afternoon|evening))\b/i
    .test(text) &&
    text.length < 40;
}

/** True for a message that asks what can be asked. */
export function isHelp(text: string): boolean {
  return /^\/?help\b.{0,20}$|what can you do|who are you|what are you\b/i.test(text);
}
