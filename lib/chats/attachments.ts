import { type Attachment, estimateTokens, FreshetError, IMAGE_TOKENS, newId } from "../shared/mod.ts";
import type { Principal } from "../access/mod.ts";
import type { Clock } from "../host/mod.ts";
import { keys, records, type Store } from "../store/mod.ts";
import { readDocument } from "../documents/mod.ts";

/** Bytes of one file. */
export const ATTACHMENT_MAX_BYTES = 20 * 1024 * 1024;

/** Files given to chats as context: their bytes as they came, and the text that was read out of them. */
export class Attachments {
  #store: Store;
  #clock: Clock;

  constructor(options: { store: Store; clock: Clock }) {
    this.#store = options.store;
    this.#clock = options.clock;
  }

  /** Reads and keeps a file. Throws `unsupported_media` for what is neither text nor PDF nor image. */
  async create(
    principal: Principal,
    file: { name: string; mediaType: string; bytes: Uint8Array },
  ): Promise<Attachment> {
    if (file.bytes.length > ATTACHMENT_MAX_BYTES) {
      throw new FreshetError("payload_too_large", `${file.name} is larger than 20 MB`, { field: "file" });
    }
    const document = await readDocument(file);
    const attachment: Attachment = {
      id: newId(),
      name: file.name,
      mediaType: document.mediaType,
      kind: document.kind,
      sizeBytes: file.bytes.length,
      tokens: document.kind === "image" ? IMAGE_TOKENS : estimateTokens(document.text ?? ""),
      createdAt: this.#clock.now(),
    };
    const { profileId } = principal;
    await this.#store.blobs.write(keys.attachmentBytes(profileId, attachment.id), file.bytes);
    if (document.text !== undefined) {
      const text = new TextEncoder().encode(document.text);
      await this.#store.blobs.write(keys.attachmentText(profileId, attachment.id), text);
    }
    await this.#store.kv.set(
      keys.attachment(profileId, attachment.id),
      this.#store.encode(records.attachment, attachment),
    );
    return attachment;
  }

  /** One file's description. Throws `not_found`, for other profiles' too. */
  async get(principal: Principal, id: string): Promise<Attachment> {
    const stored = await this.#store.get(records.attachment, keys.attachment(principal.profileId, id));
    if (!stored) throw new FreshetError("not_found", "There is no such file");
    return stored.value;
  }

  /** Several, in their order. */
  async getAll(principal: Principal, ids: readonly string[]): Promise<Attachment[]> {
    return await Promise.all(ids.map((id) => this.get(principal, id)));
  }

  /** A file's bytes as they came. */
  async bytes(principal: Principal, id: string): Promise<Uint8Array> {
    const bytes = await this.#store.blobs.read(keys.attachmentBytes(principal.profileId, id));
    if (!bytes) throw new FreshetError("not_found", "There is no such file");
    return bytes;
  }

  /** The text of a file, or null where it has none. */
  async text(principal: Principal, id: string): Promise<string | null> {
    const bytes = await this.#store.blobs.read(keys.attachmentText(principal.profileId, id));
    return bytes ? new TextDecoder().decode(bytes) : null;
  }

  /** Deletes a file; messages that named it keep its name. */
  async delete(principal: Principal, id: string): Promise<void> {
    await this.get(principal, id);
    await this.#store.kv.delete(keys.attachment(principal.profileId, id));
    await this.#store.blobs.delete(keys.attachmentBytes(principal.profileId, id));
    await this.#store.blobs.delete(keys.attachmentText(principal.profileId, id));
  }
}
