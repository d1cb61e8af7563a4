import type { PreviewKind } from "../shared/mod.ts";
import { endingOf } from "../shared/files/mod.ts";

/**
 * Media types that may be shown on our origin, by ending. What a browser would run there (HTML, SVG, XML) is not among them:
 * it is shown as text and downloaded as bytes.
 */
const SHOWN: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  avif: "image/avif",
  bmp: "image/bmp",
  ico: "image/x-icon",
  mp3: "audio/mpeg",
  m4a: "audio/mp4",
  aac: "audio/aac",
  ogg: "audio/ogg",
  oga: "audio/ogg",
  opus: "audio/ogg",
  wav: "audio/wav",
  flac: "audio/flac",
  weba: "audio/webm",
  pdf: "application/pdf",
};

/** Endings of what is certainly no text, so that a list need not look into it. */
const BINARY = new Set(
  ("zip gz tgz bz2 xz zst 7z rar tar jar exe dll so dylib bin dat o a class wasm pyc gguf safetensors pt pth onnx iso img dmg " +
    "mp4 mkv mov avi webm doc docx xls xlsx ppt pptx odt ods odp sqlite db kv woff woff2 ttf otf eot psd tiff tif heic")
    .split(" "),
);

/** The media type that a file may be shown with, by its name; `application/octet-stream` for all that is only downloaded. */
export function mediaTypeOf(name: string): string {
  return SHOWN[endingOf(name)] ?? "application/octet-stream";
}

/** How a file is shown, by its name: what has no known ending is taken for text, and looked at when it is opened. */
export function previewKindOf(name: string): PreviewKind {
  const ending = endingOf(name);
  const type = SHOWN[ending];
  if (type?.startsWith("image/")) return "image";
  if (type?.startsWith("audio/")) return "audio";
  if (type === "application/pdf") return "pdf";
  if (ending === "md" || ending === "markdown") return "markdown";
  return BINARY.has(ending) ? "none" : "text";
}
