/** Serving the files of a version to a browser that trusts them with nothing. */
export { previewAddress, type PreviewRequest, servePreview, splitPreviewPath } from "./preview.ts";
export { previewPolicy } from "./policy.ts";
export { type PreviewClaims, PreviewTokens } from "./tokens.ts";
