/** Tokens of an image in prompts, on average over the models that see; used for estimates only. */
export const IMAGE_TOKENS = 800;

/**
 * An estimate of a text's tokens: four Latin characters to a token, one and a half of other scripts to a token. Good to about
 * a fifth for prose and code; what is counted with it is always marked as an estimate.
 */
export function estimateTokens(text: string): number {
  let latin = 0;
  let other = 0;
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) < 0x250) latin++;
    else other++;
  }
  return Math.ceil(latin / 4 + other / 1.5);
}
