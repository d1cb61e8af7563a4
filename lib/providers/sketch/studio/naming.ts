const IRREGULAR: Readonly<Record<string, string>> = {
  people: "person",
  children: "child",
  movies: "movie",
  cookies: "cookie",
  series: "series",
  news: "news",
  addresses: "address",
  analyses: "analysis",
  statuses: "status",
  termine: "termin",
  notizen: "notiz",
  aufgaben: "aufgabe",
  kunden: "kunde",
  produkte: "produkt",
  benutzer: "benutzer",
  bücher: "buch",
};
const PLURALS = new Map(Object.entries(IRREGULAR).map(([plural, singular]) => [singular, plural]));

/** The singular of words in lower case, of which the last one is a plural or not: "blog posts" → "blog post". */
export function singular(words: string): string {
  return withLastWord(words, (word) => {
    if (IRREGULAR[word]) return IRREGULAR[word];
    if (/(?:ss|us|is)$/.test(word) || word.length < 4) return word;
    if (/ies$/.test(word)) return word.replace(/ies$/, "y");
    if (/(?:ch|sh|x|z|ss)es$/.test(word)) return word.slice(0, -2);
    return word.replace(/s$/, "");
  });
}

/** The plural of words in the singular: "category" → "categories". */
export function plural(words: string): string {
  return withLastWord(words, (word) => {
    const known = PLURALS.get(word);
    if (known) return known;
    if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
    return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
  });
}

function withLastWord(words: string, change: (word: string) => string): string {
  const at = words.lastIndexOf(" ") + 1;
  return words.slice(0, at) + change(words.slice(at));
}

/** Words as an identifier: "due date" → "dueDate". */
export function camelCase(words: string): string {
  const [first = "", ...rest] = asciiWords(words);
  const name = first + rest.map(capitalized).join("");
  return /^\d/.test(name) ? `n${name}` : name;
}

/** Words as part of a path: "blog posts" → "blog-posts". */
export function kebabCase(words: string): string {
  return asciiWords(words).join("-");
}

/** Words as the name of a file: "blog posts" → "blog_posts". */
export function snakeCase(words: string): string {
  return asciiWords(words).join("_");
}

/** The singular and plural of a thing as identifiers, kept apart from words that code needs for something else. */
export function identifiers(name: string): { one: string; many: string } {
  const one = camelCase(name);
  if (!TAKEN.has(one)) return { one, many: camelCase(plural(name)) };
  return { one: `${one}Entry`, many: `${one}Entries` };
}

const TAKEN = new Set(
  ("break case catch class const continue debugger default delete do else enum export extends false finally for function if " +
    "implements import in instanceof interface let new null package private protected public return static super switch this " +
    "throw true try type typeof var void while with yield await async arguments eval undefined route change response app header " +
    "headers error context example invalid field total page item id sort assert cors logger deno test account request")
    .split(" "),
);

/** With a capital letter in front. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "a, b and c". */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1) ?? ""}`;
}

const UMLAUTS: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue", ß: "ss" };

function asciiWords(words: string): string[] {
  const plain = words.toLowerCase().replace(/[äöüß]/g, (letter) => UMLAUTS[letter] ?? "")
    .normalize("NFD").replace(/\p{M}/gu, "");
  return plain.match(/[a-z0-9]+/g) ?? ["item"];
}
