/** Contracts of terminals, apart from the others so that pages without one load nothing of them. Browser-safe, no I/O. */
export * from "./contract.ts";
export * from "./snippets.ts";
