/** Who answers in a room, since no other people are here. */
export function botOf(roomId: string): string {
  return roomId === "ideas" ? "Kim" : "Robin";
}

const ANSWERS: readonly string[] = [
  "Good point. What would be the first step?",
  "I had not thought of that.",
  "Tell me more!",
  "Let us try it and see.",
  "That sounds like fun.",
];

/** What the bot says to a message. The same message gets the same answer. */
export function answerTo(text: string): string {
  const words = text.toLowerCase();
  if (/\bhelp\b/.test(words)) {
    return 'I know "hello", "time", "flip a coin" and "joke". To anything else I answer something friendly.';
  }
  if (/^(?:hi|hello|hey|hallo)\b/.test(words)) return "Hello! Nice to see you.";
  if (/\btime\b/.test(words)) {
    return `It is ${new Date().toLocaleTimeString(undefined, { timeStyle: "short" })}.`;
  }
  if (/\bcoin\b/.test(words)) return Math.random() < 0.5 ? "Heads." : "Tails.";
  if (/\bjoke\b/.test(words)) return "There are two hard things in programming: names, caches, and counting.";
  if (words.endsWith("?")) return "I am not sure. What do you think?";
  const sum = [...words].reduce((total, char) => total + char.charCodeAt(0), 0);
  return ANSWERS[sum % ANSWERS.length] ?? "I see.";
}

/** How long the bot takes to write, in ms: longer for longer answers. */
export function typingTime(answer: string): number {
  return Math.min(600 + answer.length * 15, 2_500);
}
