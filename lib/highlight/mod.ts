/** Colours for code, on both sides: in a worker of the browser, and in files that are made to be shared. */
export { highlightCode } from "./highlight_code.ts";
