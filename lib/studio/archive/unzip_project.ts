import { FreshetError } from "../../shared/mod.ts";
import { admit, type ImportedProject, isLeftOut, type SkippedFile } from "./admission.ts";
import { type ArchiveEntry, damaged, readDirectory } from "./directory.ts";
import { assertReadable, inflateEntry } from "./inflate_entry.ts";

/** The largest archive that is read, in bytes; what a project may hold after it was unpacked is in `PROJECT_LIMITS`. */
export const ARCHIVE_BYTES_MAX = 50_000_000;

const TYPE_MASK = 0o170000;
/** Modes of common files and folders; 0 where no Unix made the archive. */
const COMMON_TYPES = new Set([0, 0o100000, 0o040000]);

/**
 * The files of a ZIP archive that somebody made. `node_modules/`, `.git/`, `__MACOSX/` and `.DS_Store` are left out; files that
 * are not text are skipped and reported. Everything that the archive declares is checked before anything is inflated, and
 * inflating never gives more than was declared. Throws `invalid_request` where the archive is damaged, a path is not one of a
 * project (`projectPath`), two files collide or one is a symbolic link or a device; `payload_too_large` beyond `PROJECT_LIMITS`
 * or `ARCHIVE_BYTES_MAX`; `unsupported_media` for an encrypted archive, ZIP64, or a compression other than deflate.
 */
export function unzipProject(bytes: Uint8Array): ImportedProject {
  if (bytes.length > ARCHIVE_BYTES_MAX) {
    const problem = `it is larger than ${ARCHIVE_BYTES_MAX} bytes`;
    throw new FreshetError("payload_too_large", `Cannot read the archive: ${problem}`);
  }
  const unnamed: SkippedFile[] = [];
  const files: { name: string; entry: ArchiveEntry }[] = [];
  for (const entry of readDirectory(bytes)) {
    const { name } = entry;
    if (name === undefined) unnamed.push({ path: lossyName(entry), reason: "name" });
    else if (!isLeftOut(name) && !isFolder(name, entry)) files.push({ name, entry });
  }
  for (const { name, entry } of files) {
    assertReadable(entry);
    if (!COMMON_TYPES.has(entry.unixMode & TYPE_MASK)) {
      throw damaged(`${JSON.stringify(name)} is a link or a device`);
    }
  }
  // Entries that share their data would make much work out of a small archive.
  const packed = files.reduce((sum, { entry }) => sum + entry.compressedSize, 0);
  if (packed > bytes.length) throw damaged("its files overlap");
  const imported = admit(
    files.map(({ name, entry }) => ({
      path: name,
      size: entry.size,
      read: () => inflateEntry(bytes, entry),
    })),
  );
  return { ...imported, skipped: [...imported.skipped, ...unnamed] };
}

/** A folder by its name; its data, if it has any, is not read. */
function isFolder(name: string, { size }: ArchiveEntry): boolean {
  return name.endsWith("/") && size === 0;
}

function lossyName({ rawName }: ArchiveEntry): string {
  return new TextDecoder().decode(rawName);
}
