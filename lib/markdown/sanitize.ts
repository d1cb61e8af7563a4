import { FilterXSS } from "xss";
import { escapeHtml } from "./escape.ts";
import { isSafeImage, isSafeLink } from "./url.ts";

/** Turns a decoded attribute value into the attribute's HTML, or into "" to drop it. */
type AttributeRule = (name: string, value: string) => string;

/** Tag → attribute → rule. What is not here is escaped (tags) or dropped (attributes). */
type Policy = Record<string, Record<string, AttributeRule>>;

const VOID_TAGS = new Set(["br", "hr", "img", "input", "wbr"]);

/** What people and models write as HTML inside Markdown and what does no harm; none of it has attributes but `open`. */
const RAW_TAGS =
  "abbr b br code del details em hr i ins kbd mark q s samp small strong sub summary sup u var wbr".split(
    " ",
  );

/** May span several Markdown blocks ("<details>", blank line, Markdown, blank line, "</details>"). */
const SPANNING_TAGS = new Set(["details"]);

const NAMED_CHARACTERS: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  colon: ":",
  tab: "\t",
  newline: "\n",
};

/**
 * Resolves the character references of an attribute in one pass. Names we do not know stay as they are and are escaped
 * when the attribute is written, so that a browser never sees a reference that was not checked.
 */
function decode(value: string): string {
  return value.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z]+));?/gi, (whole, hex, decimal, name) => {
    if (name) return NAMED_CHARACTERS[name.toLowerCase()] ?? whole;
    const code = hex ? parseInt(hex, 16) : parseInt(decimal, 10);
    return code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
  });
}

const text: AttributeRule = (name, value) => `${name}="${escapeHtml(value)}"`;
const flag: AttributeRule = (name) => name;
const only = (pattern: RegExp): AttributeRule => (name, value) =>
  pattern.test(value) ? text(name, value) : "";

const link: AttributeRule = (name, value) =>
  isSafeLink(value) ? `${text(name, value)} rel="noopener noreferrer nofollow" target="_blank"` : "";
const image: AttributeRule = (name, value) => isSafeImage(value) ? `${text(name, value)} loading="lazy"` : "";
const align = { align: only(/^(?:left|center|right)$/) };
const focusable = { tabindex: only(/^0$/) };

const RAW_POLICY: Policy = {
  ...Object.fromEntries(RAW_TAGS.map((tag) => [tag, {}])),
  details: { open: flag },
};

const POLICY: Policy = {
  ...RAW_POLICY,
  ...Object.fromEntries(
    "blockquote figcaption h1 h2 h3 h4 h5 h6 li p table tbody thead tr ul".split(" ").map((
      tag,
    ) => [tag, {}]),
  ),
  a: { href: link, title: text },
  button: { type: only(/^button$/), class: only(/^code-copy$/), "data-copy": flag },
  code: { class: only(/^language-[\w+#.-]+$/) },
  div: { class: only(/^(?:table-scroll|math math--display)$/), ...focusable },
  figure: { class: only(/^code-block$/), "data-language": only(/^[\w+#.-]*$/) },
  img: { src: image, alt: text, title: text },
  input: { type: only(/^checkbox$/), "aria-label": text, checked: flag, disabled: flag },
  ol: { start: only(/^\d{1,9}$/) },
  pre: focusable,
  span: { class: only(/^math(?: math--display)?$/) },
  td: align,
  th: align,
};

/** Follows the open tags, so that what a model leaves open or closes twice cannot reach beyond its block. */
class Balance {
  #open: string[] = [];

  /** Notes a tag; returns what to write instead of a closing tag, or nothing to write the opening tag as it is. */
  tag(tag: string, isClosing: boolean): string | undefined {
    if (!isClosing) {
      if (!VOID_TAGS.has(tag)) this.#open.push(tag);
      return undefined;
    }
    const at = this.#open.lastIndexOf(tag);
    return at < 0 ? "" : this.close(at);
  }

  /** The closing tags of what was opened from place `from` on. */
  close(from = 0): string {
    return this.#open.splice(from).reverse().map((tag) => `</${tag}>`).join("");
  }
}

/** A filter that writes every allowed tag anew and escapes everything else. */
class Sanitizer {
  #filter: FilterXSS;
  #balance = new Balance();

  /** `handle` may answer an allowed tag itself; it returns nothing to let the filter write it. */
  constructor(
    policy: Policy,
    handle: (balance: Balance, tag: string, isClosing: boolean) => string | undefined,
  ) {
    this.#filter = new FilterXSS({
      whiteList: Object.fromEntries(Object.entries(policy).map(([tag, rules]) => [tag, Object.keys(rules)])),
      css: false,
      onTag: (tag, _html, { isWhite, isClosing }) =>
        isWhite ? handle(this.#balance, tag, isClosing === true) : undefined,
      onTagAttr: (tag, name, value, isAllowed) =>
        isAllowed ? policy[tag]?.[name]?.(name, decode(value)) ?? "" : "",
    });
  }

  process(html: string): string {
    this.#balance = new Balance();
    return this.#filter.process(html) + this.#balance.close();
  }
}

const rendered = new Sanitizer(POLICY, (balance, tag, isClosing) => balance.tag(tag, isClosing));
const raw = {
  tag: new Sanitizer(RAW_POLICY, () => undefined),
  block: new Sanitizer(
    RAW_POLICY,
    (balance, tag, isClosing) => SPANNING_TAGS.has(tag) ? undefined : balance.tag(tag, isClosing),
  ),
  whole: new Sanitizer(RAW_POLICY, (balance, tag, isClosing) => balance.tag(tag, isClosing)),
};

/** HTML that the renderer made, with only the tags and attributes it makes, balanced. The last line of defence. */
export function sanitize(html: string): string {
  return rendered.process(html);
}

/**
 * HTML that stood in the Markdown, reduced to a few harmless tags; everything else is escaped. A `tag` is one of a pair with
 * text between them, a `block` is balanced but for what may span blocks, and a `whole` is balanced.
 */
export function sanitizeRaw(html: string, extent: keyof typeof raw): string {
  return raw[extent].process(html);
}
