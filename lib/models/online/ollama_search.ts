import { type DefaultTreeAdapterMap, parse } from "parse5";
import { FreshetError, type OnlineModel } from "../../shared/mod.ts";
import type { Ask } from "./ask.ts";

const LIMIT = 20;
const DESCRIPTION_MAX_CHARS = 300;
const ABILITIES = new Set(["tools", "vision", "thinking", "embedding", "cloud", "audio", "code"]);
/** "8b", "0.6b", "270m", "8x7b", "e4b". */
const SIZE = /^(?:e?\d+(?:\.\d+)?|\d+x\d+(?:\.\d+)?)[bm]$/i;
/** Bytes for each parameter at Q4_K_M, which most tags are. */
const BYTES_EACH = 0.65;

type Node = DefaultTreeAdapterMap["node"];
type Element = DefaultTreeAdapterMap["element"];

/**
 * Ollama's library. It has no API for searching: this reads the page https://ollama.com/search, by what a person sees there and
 * by the addresses of its links, since its markup has changed more than once. Sizes are estimated of the parameters.
 */
export async function searchOllama(ask: Ask, query: string): Promise<OnlineModel[]> {
  const text = await ask(`/search?${new URLSearchParams({ q: query })}`);
  const links = elementsOf(parse(text)).filter((element) => modelPathOf(element) !== undefined);
  const models = new Map<string, OnlineModel>();
  for (const link of links) {
    const model = modelOf(link);
    if (model && !models.has(model.id)) models.set(model.id, model);
  }
  if (models.size === 0 && !/no models? found|no results/i.test(text)) {
    throw new FreshetError("upstream", "Cannot read the answer of ollama.com: its page has changed", {
      hint: "Models can be looked for at ollama.com/search, and downloaded by their names",
    });
  }
  return [...models.values()].slice(0, LIMIT);
}

/** The name of a model in the address of a link to it. */
function modelPathOf(element: Element): string | undefined {
  if (element.tagName !== "a") return undefined;
  const href = element.attrs.find(({ name }) => name === "href")?.value ?? "";
  const path = href.replace(/^https:\/\/ollama\.com/, "");
  return /^\/library\/([\w.-]+)$/.exec(path)?.[1] ?? /^\/([\w-]+\/[\w.-]+)$/.exec(path)?.[1];
}

/** A card: it says how often it was pulled; other links of the page do not. */
function modelOf(link: Element): OnlineModel | undefined {
  const id = modelPathOf(link);
  const inside = elementsOf(link);
  const words = textOf(link);
  const pulls = /([\d.,]+[KMB]?)\s*pulls/i.exec(words)?.[1];
  if (id === undefined || pulls === undefined) return undefined;
  const leaves = inside.filter(({ tagName }) => tagName === "span").map((span) => textOf(span).toLowerCase())
    // How often it was pulled reads like a size ("12.3M").
    .filter((leaf) => leaf !== pulls.toLowerCase());
  const sizes = [...new Set(leaves.filter((leaf) => SIZE.test(leaf)))];
  const tags = [...new Set(leaves.filter((leaf) => ABILITIES.has(leaf)))];
  const description = inside.filter(({ tagName }) => tagName === "p").map(textOf).find((text) =>
    text.length > 0
  );
  return {
    id,
    description: (description ?? "").slice(0, DESCRIPTION_MAX_CHARS),
    url: id.includes("/") ? `https://ollama.com/${id}` : `https://ollama.com/library/${id}`,
    downloads: countOf(pulls),
    tags,
    isGated: false,
    // What only runs in Ollama's cloud has no sizes, and nothing to download.
    variants: sizes.length === 0 && tags.includes("cloud")
      ? []
      : (sizes.length > 0 ? sizes : ["latest"]).map((size) => ({
        label: size,
        names: { ollama: `${id}:${size}`, localai: `ollama://${id}:${size}` },
        sizeBytes: sizeOf(size),
        isEstimate: true,
      })),
  };
}

function sizeOf(size: string): number | null {
  const match = /^e?(?:(\d+)x)?(\d+(?:\.\d+)?)([bm])$/i.exec(size);
  if (!match) return null;
  const parameters = Number(match[1] ?? 1) * Number(match[2]) * (match[3]?.toLowerCase() === "b" ? 1e9 : 1e6);
  return Math.round(parameters * BYTES_EACH);
}

/** "1.2M" as a number. */
function countOf(words: string): number | null {
  const power = { K: 1e3, M: 1e6, B: 1e9 }[words.slice(-1).toUpperCase()] ?? 1;
  const count = Number.parseFloat(words.replaceAll(",", "")) * power;
  return Number.isFinite(count) ? Math.round(count) : null;
}

/** An element and all below it, in their order. */
function elementsOf(node: Node): Element[] {
  const below = "childNodes" in node ? node.childNodes.flatMap((child) => elementsOf(child)) : [];
  return "tagName" in node ? [node, ...below] : below;
}

function textOf(node: Node): string {
  return wordsOf(node).replaceAll(/\s+/g, " ").trim();
}

function wordsOf(node: Node): string {
  if ("value" in node && node.nodeName === "#text") return node.value;
  return "childNodes" in node ? node.childNodes.map(wordsOf).join(" ") : "";
}
