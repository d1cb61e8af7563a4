/** Lines with none of these words cannot be placeholders. */
const HINT =
  /\.{3}|…|\b(?:rest|remain\w*|existing|previous\w*|unchanged|unmodified|same|omitted|brevity|no changes?|not changed|original|snip\w*|truncated|as before|here)\b/i;
const CHARS_MAX = 400;
const WITHOUT_SLASH_COMMENTS = /\.(?:md|mdx|markdown|txt|svg|xml|css|py|sh|ya?ml|toml|sql)$/i;
const HASH_COMMENTS =
  /\.(?:py|pyi|sh|bash|ya?ml|toml|rb|conf|ini)$|(?:^|\/)(?:Dockerfile|Makefile|\.[a-z]+)$/i;
const ELLIPSIS_IS_CODE = /\.(?:md|mdx|markdown|txt|py|pyi|html?|svg|xml)$/i;

const NOUN =
  "(?:code|codes?base|file|files|function|functions|functionality|component|components|implementations?|class|classes|methods?|styles?|styling|css|html|js|markup|contents?|body|imports?|exports?|routes?|endpoints?|handlers?|logic|tests?|scripts?|modules?|documents?|page|app|application|program|properties|props|fields|types?|definitions?|declarations?|rules|elements?|sections?|jsx|template|setup|config|configuration|variables|helpers|it|this|everything)";
const OF = ` (?:of|from|in) (?:the |this |your |our |my )?(?:[\\w./-]+ ){0,2}${NOUN}`;
const UNCHANGED =
  "(?:exactly )?(?:unchanged|unmodified|untouched|intact|identical|omitted|kept|the same|same|not changed|in place|here|above|below|as (?:before|above|is|it (?:is|was)|they (?:are|were)))\\b.*";
const STAYS =
  ` (?:(?:stays?|remains?|is|are|was|goes|go|continues?|left|has|have|been|should|can|will|stay|remain) )*${UNCHANGED}`;
const BEFORE =
  "(?:from|since|in|as) (?:before|the (?:original|previous|existing|last) (?:version|file|code)|(?:the )?(?:original|previous)(?: \\w+)?)";

/** What says, as the whole of a comment, that code was left out. */
const ALONE = [
  `^(?:the |and )*(?:rest|remainder)(?:${OF})?${STAYS}$`,
  `^(?:the |and )*(?:rest|remainder)${OF}$`,
  `^(?:the |all |your |any |with )*existing (?:[\\w./-]+ ){0,2}${NOUN}(?:${STAYS})?$`,
  `^(?:the |your )*(?:previous|original|remaining) (?:code|contents?|implementation|logic|file contents?)$`,
  `^(?:the |all |your |any )*(?:previous|original|other|remaining|current) (?:[\\w./-]+ ){0,2}${NOUN}${STAYS}$`,
  `^(?:the |all |this |your )*(?:${NOUN} |everything |nothing )?(?:else )?(?:(?:is|are|has|have|remains?|stays?|left|been) )*(?:unchanged|unmodified|not changed)(?: (?:${BEFORE}|here|below|above|code|parts?))?$`,
  `^(?:everything|all) else (?:is |stays |remains )?(?:the same|unchanged|as (?:is|before))$`,
  `^(?:the )?same (?:${NOUN} )?(?:as|like) (?:before|in the (?:original|previous)\\b.*|the (?:original|previous|existing|last)\\b.*|previous(?:ly)?(?: \\w+)?)$`,
  `^(?:the )?same ${NOUN} as above$`,
  `^(?:no|without) (?:further |other )?changes? (?:here|needed|required|below|above|${BEFORE})$`,
  `^(?:code |file |content |rest )?(?:is |was )?(?:omitted|truncated|snipped|snip|abbreviated|shortened)(?: for .*| here)?$`,
  `^.*\\b(?:omitted|left out|removed|shortened|truncated|unchanged) for (?:brevity|clarity|conciseness|space)$`,
  `^(?:keep|leave|retain|insert|include|copy|paste|put|add) (?:in |all |of |the |your )*(?:rest|remainder)(?:${OF})?(?:${STAYS})?$`,
  `^(?:keep|leave|retain|insert|include|copy|paste|put|add) (?:in |all |of |the |your )*(?:existing|remaining|original|previous|other) (?:[\\w./-]+ ){0,2}${NOUN}(?:${STAYS})?$`,
  `^(?:your |the )?(?:implementation|code|content|logic)(?: goes| stays| remains)? (?:here|unchanged|as before|omitted|the same)$`,
  `^continues? (?:as before|unchanged|here|with the (?:rest|existing|remaining)\\b.*)$`,
].map((source) => new RegExp(source, "i"));

/** What does so beside an ellipsis. */
const BESIDE_ELLIPSIS =
  /\b(?:rest|remain\w*|existing|previous|other|others|more|same|unchanged|unmodified|original|before|above|omitted|continues?|here|code|implementation|etc)\b/i;

/** The first line of a file that stands for code that was left out, and was not there before. */
export function findPlaceholder(
  path: string,
  before: string,
  after: string,
): { line: number; text: string } | undefined {
  let known: Set<string> | undefined;
  const lines = after.split("\n");
  for (const [i, line] of lines.entries()) {
    if (line.length > CHARS_MAX || !HINT.test(line) || !isPlaceholder(path, line)) continue;
    known ??= new Set(before.split("\n").map((other) => other.trim()));
    if (!known.has(line.trim())) return { line: i + 1, text: line.trim() };
  }
  return undefined;
}

function isPlaceholder(path: string, line: string): boolean {
  if (/^\s*(?:\.{3}|…)\s*$/.test(line)) return !ELLIPSIS_IS_CODE.test(path);
  return commentsOf(path, line).some(standsForCode);
}

function standsForCode(comment: string): boolean {
  const hasEllipsis = /^[\s([{<]*(?:\.{3}|…)|(?:\.{3}|…)[\s)\]}>]*$/.test(comment);
  const text = comment.replaceAll(/\.{2,}|…/g, " ").replaceAll(
    /^[\s()[\]{}<>*/#=~–—-]+|[\s()[\]{}<>*/#=~.:;,!–—-]+$/g,
    "",
  )
    .replaceAll(/\s+/g, " ");
  if (text === "") return hasEllipsis;
  if (hasEllipsis && text.split(" ").length <= 8 && BESIDE_ELLIPSIS.test(text)) return true;
  return ALONE.some((pattern) => pattern.test(text));
}

/** What is commented in a line, in the languages of the file. A remark after code counts where it has an ellipsis. */
function commentsOf(path: string, line: string): string[] {
  const marks = ["\\/\\*+", "<!--"];
  if (!WITHOUT_SLASH_COMMENTS.test(path)) marks.push("\\/\\/+");
  if (HASH_COMMENTS.test(path)) marks.push("#+(?!!)");
  if (/\.sql$/i.test(path)) marks.push("--+");
  const found = [...line.matchAll(/\/\*+(.*?)\*+\/|<!--(.*?)-->/g)].map(([, a, b]) => a ?? b ?? "");
  const [, code = "", comment] = new RegExp(`^(.*?)(?<![:"'\`\\w])(?:${marks.join("|")})(.*)$`).exec(line) ??
    [];
  const isCounted = comment !== undefined && (code.trim() === "" || /\.{3}|…/.test(comment));
  return isCounted ? [...found, comment.replace(/\*+\/\s*\}?\s*$|-->\s*$/, "")] : found;
}
