/** Words that name a secret wherever they stand in a name. */
const SECRET_WORDS = new Set(
  ("authorization auth authtoken cookie password passwd passphrase pwd secret credential apikey accesstoken " +
    "jwt signature sig bearer sessionid csrf xsrf otp mnemonic")
    .split(" "),
);
/** What a token of a tokenizer is called. */
const OF_TOKENIZERS = /^(stop|eos|bos|pad|unk|sep|cls|mask|special|image|first|next|last|per)$/;
/** Keys that open nothing. */
const OPEN_KEYS = /^(public|primary|foreign|sort|cache|idempotency|object|row|partition)$/;

/**
 * Whether a field, header, parameter or option of this name holds a secret: `apiKey`, `X-Auth-Token`, `client_secret`, `key`,
 * `freshet_session`.
 * `max_tokens`, `stop_token`, `author` and `monkey` do not.
 */
export function isSecretName(name: string): boolean {
  const words = name.replaceAll(/([a-z\d])([A-Z])/g, "$1_$2").toLowerCase().split(/[^a-z\d]+/).filter(
    Boolean,
  );
  if (words.some((word) => SECRET_WORDS.has(word) || SECRET_WORDS.has(word.replace(/s$/, "")))) return true;
  const [last = "", before = ""] = words.toReversed();
  if (last === "token") return !OF_TOKENIZERS.test(before);
  if (last === "key" || last === "keys") return !OPEN_KEYS.test(before);
  return (last === "id" && before === "session") || (last === "session" && before !== "");
}

/** Whether even a number under this name is a secret, as a password may be; a token's number is that of a tokenizer. */
export function isSecretNumber(name: string): boolean {
  return /passw|secret|passphrase|pwd|otp/i.test(name);
}
