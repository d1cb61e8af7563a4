/**
 * Projects as ZIP archives (APPNOTE.TXT 6.3.10 of PKWARE, without ZIP64 and encryption) and folders: what a person downloads,
 * which starts with one `deno task start`, and what a person imports, of which nothing is trusted.
 */
export { zipProject, type ZipProjectOptions, zipStream } from "./zip_project.ts";
export { withStarter } from "./starter.ts";
export { ARCHIVE_BYTES_MAX, unzipProject } from "./unzip_project.ts";
export { collectFolder, type FolderEntry } from "./collect_folder.ts";
export type { ImportedProject, SkippedFile, SkipReason } from "./admission.ts";
