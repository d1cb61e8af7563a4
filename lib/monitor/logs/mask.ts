import { isSecretName, isSecretNumber } from "./secret_name.ts";

/** What stands in the place of a secret. */
export const MASKED = "•••";

/** "name": "value" in JSON, in JSON within a JSON text (whose quotes are escaped), and where it is cut off. */
const JSON_STRING = /(\\*["'])([\w.-]+)\1(\s*:\s*)\1([\s\S]*?)((?<!\\)\1|$)/g;
const JSON_NUMBER = /(\\*["'])([\w.-]+)\1(\s*:\s*)(-?\d[\d.e+-]*)/g;
/** A list of texts. */
const JSON_LIST = /(\\*["'])([\w.-]+)\1(\s*:\s*)\[([^\]]*["'][^\]]*)(\]|$)/g;
/** A parameter of an address or of a form, a variable, `--option=value`. */
const PARAMETER = /([\w.-]+)(=|%3D)("[^"]*"?|'[^']*'?|[^&\s"'<>;,)}\]#]+)/gi;
const OPTION = /((?:^|\s)--?)([\w-]+)(\s+)(?!-)("[^"]*"|'[^']*'|[^\s"']+)/g;
const HEADER = /([\w-]+)(\s*:\s*)([^\r\n"'{}]+)/g;
const SCHEME = /\b(Bearer|Basic|Digest|Token)(\s+|%20)[\w.~+/=:-]{6,}/gi;
/** Name and password of an address. */
const USER_INFO = /(\b[a-z][a-z\d+.-]*:\/\/)[^\s/@"'<>]*@/gi;
/** An address that is itself the secret. */
const PREVIEW = /(\/preview\/)[^\s"'<>?#]+/g;
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;

/** A text within a text within a text …: what lies deeper was made to confuse. */
const DEPTH_MAX = 8;

/** Keys that are known by their beginnings. */
const KNOWN_KEYS = [
  /\b(?:sk|pk|rk|fsh|gsk|xai|r8|pplx|e2b|hf|gh[opsu]|github_pat|glpat|xox[abprs]|npm|dop_v1|shpat|whsec)[_-][\w-]{10,}/g,
  /\b(?:AKIA|ASIA)[A-Z\d]{16}\b/g,
  /\bAIza[\w-]{30,}/g,
  /\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?/g,
];

/**
 * The text without its secrets: in JSON, addresses, headers, forms and command lines, whole or cut off anywhere. What is said
 * in plain words ("my password is …") cannot be told from other words. `secrets` are masked wherever they stand.
 */
export function mask(text: string, secrets: readonly string[] = []): string {
  let masked = text;
  for (const secret of secrets) masked = masked.replaceAll(secret, MASKED);
  masked = maskStrings(masked.replace(PRIVATE_KEY, MASKED))
    .replace(JSON_NUMBER, (all, quote, name, colon) => {
      return isSecretNumber(name) ? `${quote}${name}${quote}${colon}${MASKED}` : all;
    })
    .replace(JSON_LIST, (all, quote, name, colon, _values, end) => {
      return isSecretName(name.replace(/s$/, ""))
        ? `${quote}${name}${quote}${colon}[${quote}${MASKED}${quote}${end}`
        : all;
    })
    .replace(HEADER, (all, name, colon) => isSecretHeader(name) ? `${name}${colon}${MASKED}` : all)
    .replace(OPTION, (all, dashes, name, space) => {
      return isSecretName(name) ? `${dashes}${name}${space}${MASKED}` : all;
    })
    .replace(SCHEME, `$1$2${MASKED}`)
    .replace(USER_INFO, `$1${MASKED}@`)
    .replace(PREVIEW, `$1${MASKED}`);
  masked = maskParameters(masked);
  for (const pattern of KNOWN_KEYS) masked = masked.replace(pattern, MASKED);
  return masked;
}

/** The headers as one text, a line each, without their secrets. */
export function maskHeaders(headers: Headers, secrets: readonly string[] = []): string {
  return [...headers].map(([name, value]) => `${name}: ${isSecretName(name) ? MASKED : mask(value, secrets)}`)
    .join("\n");
}

/** Of JSON; a text in it may be JSON again. */
function maskStrings(text: string, depth = 0): string {
  if (depth > DEPTH_MAX) return MASKED;
  return text.replace(JSON_STRING, (_all, quote, name, colon, value, end) => {
    return `${quote}${name}${quote}${colon}${quote}${
      isSecretName(name) ? MASKED : maskStrings(value, depth + 1)
    }${end}`;
  });
}

/** Of an address or a form; the value of one may be an address again. */
function maskParameters(text: string, depth = 0): string {
  if (depth > DEPTH_MAX) return MASKED;
  return text.replace(PARAMETER, (_all, name, equals, value) => {
    return `${name}${equals}${isSecretName(name) ? MASKED : maskParameters(value, depth + 1)}`;
  });
}

/** In a sentence, "token: …" and "key: …" are words like others. */
function isSecretHeader(name: string): boolean {
  return /-|^(authorization|cookie)$/i.test(name) && isSecretName(name);
}
