import { hash } from "./random.ts";
import { stems } from "./words.ts";

/** Of vectors whose length was not asked for. */
const EMBEDDING_DIMENSIONS = 256;

/**
 * A vector of length 1 for a text: its words and pairs of words, each hashed to a dimension and a sign. Texts that share words
 * point in similar directions; nothing is known of what the words mean.
 */
export function embedText(text: string, dimensions = EMBEDDING_DIMENSIONS): number[] {
  const vector = new Float64Array(dimensions);
  const words = stems(text);
  words.forEach((word, i) => {
    addFeature(vector, word, 1);
    if (i > 0) addFeature(vector, `${words[i - 1]} ${word}`, 0.5);
  });
  // A text without words must still have a direction.
  if (words.length === 0) addFeature(vector, text.trim() || " ", 1);
  const length = Math.hypot(...vector);
  return Array.from(vector, (value) => length > 0 ? value / length : 0);
}

function addFeature(vector: Float64Array, feature: string, weight: number): void {
  const value = hash(feature);
  const dimension = value % vector.length;
  vector[dimension] = (vector[dimension] ?? 0) + (value & 0x8000_0000 ? -weight : weight);
}
