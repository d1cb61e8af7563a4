const STOP_WORDS = new Set(
  ("a about all also am an and any are as at be been but by can could did do does for from get give had has have he her him " +
    "his how i if in into is it its just like make me more my no not of on one or our out please say she show so some tell " +
    "than that the their them then there these they this to up us use want was we were what when where which who why will " +
    "with would write you your").split(" "),
);

/** The words of a text that carry its meaning, in lower case, in their order. */
export function keywords(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu) ?? [];
  return words.filter((word) => !STOP_WORDS.has(word));
}

/** A word without the usual English endings, so that "nodes" finds "node" and "streaming" finds "streamed". */
export function stem(word: string): string {
  if (word.length <= 4) return word.replace(/([^s])s$/, "$1");
  return word.replace(/(?:ies)$/, "y").replace(/(?:ing|ed|es|s)$/, "").replace(/([^aeiou])\1$/, "$1").replace(
    /e$/,
    "",
  );
}

/** The stems of a text's keywords. */
export function stems(text: string): string[] {
  return keywords(text).map(stem);
}
