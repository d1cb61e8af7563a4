import { type ContentPart, FreshetError } from "../shared/mod.ts";

/**
 * The image in a `data:` URL (RFC 2397) with base64. Throws `invalid_request` for any other URL: fetching an address that a
 * caller chose would reach whatever this server can reach.
 */
export function parseImageUrl(url: string, field: string): Extract<ContentPart, { type: "image" }> {
  if (!/^data:/i.test(url)) {
    throw new FreshetError("invalid_request", "Images have to come as data: URLs, not as addresses", {
      hint: "Send data:image/png;base64,… in its place: this server fetches nothing that a caller names",
      field,
    });
  }
  const comma = url.indexOf(",");
  const [mediaType = "", ...parameters] = url.slice("data:".length, Math.max(comma, 0)).toLowerCase().split(
    ";",
  );
  const data = url.slice(comma + 1);
  if (!/^image\/[\w.+-]+$/.test(mediaType) || parameters.at(-1) !== "base64" || !isBase64(data)) {
    throw new FreshetError("invalid_request", "Cannot read the image: it has to be data:image/…;base64,…", {
      field,
    });
  }
  return { type: "image", mediaType, data };
}

/** Searches for what does not belong: matching the whole with one quantifier overflows the engine's stack on large images. */
function isBase64(data: string): boolean {
  const end = data.search(/[^A-Za-z0-9+/]/);
  return data !== "" && (end < 0 || end > 0 && /^={1,2}$/.test(data.slice(end)));
}
