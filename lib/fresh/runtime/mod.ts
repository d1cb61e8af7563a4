/**
 * `fresh/runtime`: what both the server and an island may import.
 * @module
 */
export { asset, assetSrcSet } from "./asset.ts";
export { Head, type HeadProps } from "./head.ts";
export { HttpError } from "./http_error.ts";
export { IS_BROWSER } from "./is_browser.ts";
export { Partial, type PartialMode, type PartialProps } from "./partial.ts";
