/**
 * The files of the folders that a person has added: what is said of them, and their paths. An entrance of its own, so that pages
 * without files do not load it.
 */
export * from "./file.ts";
export * from "./file_path.ts";
