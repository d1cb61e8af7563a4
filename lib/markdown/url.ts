/** No page of ours: only a base for resolving relative addresses by the URL standard, as a browser will. */
const HOST = "freshet.invalid";

const LINK_PROTOCOLS = new Set(["http:", "https:", "mailto:"]);

const IMAGE_DATA = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+$/;

/** True for an address that a link may have: `http`, `https`, `mailto` or relative. */
export function isSafeLink(href: string): boolean {
  const url = resolve(href, "https:");
  return url !== undefined && LINK_PROTOCOLS.has(url.protocol);
}

/**
 * True for an image that can be shown without a request to a foreign host: `data:` of a raster format, or a path of the same
 * origin. Anything else would let a model send what it knows to whom it likes, in the address of an image.
 */
export function isSafeImage(src: string): boolean {
  if (IMAGE_DATA.test(src)) return true;
  // Both schemes: "https:evil.example" is relative on an https page and a foreign host on an http page.
  return ["http:", "https:"].every((scheme) => resolve(src, scheme)?.origin === `${scheme}//${HOST}`);
}

function resolve(address: string, scheme: string): URL | undefined {
  const base = `${scheme}//${HOST}/`;
  return URL.canParse(address, base) ? new URL(address, base) : undefined;
}
