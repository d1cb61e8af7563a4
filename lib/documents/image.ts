import { imageSize } from "image-size";
import { FreshetError } from "../shared/mod.ts";
import type { DocumentFile, ImageMediaType, ReadDocument } from "./document.ts";

/** The first bytes, of Latin-1 characters; "?" is any byte. */
const SIGNATURES: [ImageMediaType, string][] = [
  ["image/png", "\x89PNG\r\n\x1a\n"],
  ["image/jpeg", "\xff\xd8\xff"],
  ["image/gif", "GIF87a"],
  ["image/gif", "GIF89a"],
  ["image/webp", "RIFF????WEBP"],
];

/** The format of an image by its first bytes; undefined for anything else. */
export function imageMediaType(bytes: Uint8Array): ImageMediaType | undefined {
  const fits = (signature: string) =>
    [...signature].every((char, i) => char === "?" || bytes[i] === char.charCodeAt(0));
  return SIGNATURES.find(([, signature]) => fits(signature))?.[0];
}

/** Reads the size of an image. Its pixels are not decoded. */
export function readImage(file: DocumentFile, mediaType: ImageMediaType): ReadDocument {
  try {
    const { width, height } = imageSize(file.bytes);
    if (width > 0 && height > 0) return { kind: "image", mediaType, width, height, warnings: [] };
  } catch (cause) {
    throw damaged(file, cause);
  }
  throw damaged(file);
}

function damaged(file: DocumentFile, cause?: unknown): FreshetError {
  return new FreshetError("unsupported_media", `Cannot read ${file.name}: the image is damaged`, { cause });
}
