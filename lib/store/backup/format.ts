import { z } from "zod";
import { KEPT_ENTITIES } from "./entities.ts";

/** The version of the archive's own format; a reader refuses newer ones. */
export const ARCHIVE_VERSION = 2;
/** The version of an archive without files of folders, which older readers read too. */
export const RECORDS_ONLY_VERSION = 1;
/** The first entry of an archive: says what it is, readable by anybody. */
export const HEADER_NAME = "freshet.json";
/** The last entry: what has to be in it. */
export const MANIFEST_NAME = "manifest.json";
/** Ends the names of entries whose content is encrypted. */
export const SEALED_SUFFIX = ".sealed";

const count = z.int().min(0);

/** What an archive is, and which key opens it. */
export const headerSchema = z.object({
  format: z.literal("freshet-backup"),
  version: z.int().min(1),
  /** The layout of the keys: `lib/store/layout.ts`. */
  layout: z.int().min(1),
  /** The version of Freshet that made it. */
  freshet: z.string().max(100),
  /** ms since 1970. */
  createdAt: z.number().min(0),
  /** Whether its entries are encrypted, beyond the keys of model servers, which always are. */
  encrypted: z.boolean(),
  key: z.object({
    /** `store`: the key file or passphrase of the Freshet it is from; `password`: one of its own. */
    type: z.enum(["store", "password"]),
    /** Of the passphrase or password (scrypt), in base64. */
    salt: z.base64().max(200).exactOptional(),
    /** A known text, sealed with the key, in base64. */
    check: z.base64().max(200),
    /** The key of the entries, sealed with the store's; in base64. */
    contentKey: z.base64().max(400).exactOptional(),
  }),
});

/** What an archive is, and which key opens it. */
export type ArchiveHeader = z.infer<typeof headerSchema>;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A folder's files, or the trash's, in a tar with an index. */
const treeSchema = z.object({
  /** Names its entries in the archive. */
  name: z.string().regex(/^(trash|folder-[1-9]\d{0,3})$/),
  /** Of the record of the folder, as a key; absent for the trash. */
  folder: z.array(z.string().max(200)).length(3).exactOptional(),
  files: count,
  folders: count,
  bytes: count,
  sha256,
  leftOut: count,
  changed: count,
  named: z.array(z.object({ path: z.string().max(300), why: z.string().max(20) })).max(20),
  tarBytes: count,
  indexBytes: count,
});

/** What an archive holds, by entity. */
export const manifestSchema = z.object({
  entities: z.record(z.string(), z.object({ count, sha256, bytes: count })),
  trees: z.array(treeSchema).max(1_000).exactOptional(),
});

/** What an archive holds, by entity; `bytes` are those of its lines before compression. */
export type Manifest = z.infer<typeof manifestSchema>;

/** A folder's files, or the trash's, in an archive. */
export type TreeManifest = z.infer<typeof treeSchema>;

/** The names of a tree's entries: what is in it, and its tar. */
export function treeNames({ name }: Pick<TreeManifest, "name">): { index: string; tar: string } {
  return { index: `files/${name}.jsonl`, tar: `files/${name}.tar` };
}

/** The name of an entity's entry. */
export function dataName(entity: string): string {
  return `data/${entity}.jsonl`;
}

/** The entities by the names of their entries. */
export const ENTITY_OF_NAME: ReadonlyMap<string, string> = new Map(
  KEPT_ENTITIES.map(([entity]) => [dataName(entity), entity]),
);
