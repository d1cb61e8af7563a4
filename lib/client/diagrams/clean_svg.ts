const SVG = "http://www.w3.org/2000/svg";
/** What runs, loads or holds something that is no drawing. */
const FOREIGN =
  "style, script, foreignObject, iframe, object, embed, image, audio, video, animate, set, link, meta";

/**
 * A drawing out of its text, with nothing in it that runs or loads something or leads somewhere. It comes sanitised; this holds
 * should that fail. Null where there is no drawing.
 */
export function cleanSvg(text: string): SVGElement | null {
  const svg = new DOMParser().parseFromString(text, "text/html").querySelector<SVGElement>("body > svg");
  if (!svg || svg.namespaceURI !== SVG) return null;
  for (const element of svg.querySelectorAll(FOREIGN)) element.remove();
  for (const element of [svg, ...svg.querySelectorAll("*")]) {
    for (const { name, value } of [...element.attributes]) {
      if (!isHarmless(name.toLowerCase(), value)) element.removeAttribute(name);
    }
  }
  return svg;
}

function isHarmless(name: string, value: string): boolean {
  if (name.startsWith("on") || name === "src") return false;
  if (name === "href" || name.endsWith(":href")) return value.startsWith("#");
  return !/url\(\s*["']?(?!#)/i.test(value);
}
