import { type Attachment, estimateTokens, FreshetError, IMAGE_TOKENS, newId } from "../shared/mod.ts";
import type { Principal } from "../access/mod.ts";
import type { Clock } from "../host/mod.ts";
import { keys, records, type Store } from "../store/mod.ts";
import { readDocument } from "../documents/mod.ts";

/** Bytes of one file. */
export const ATTACHMENT_MAX_BYTES = 20 * 1024 * 1024;
const NAME_MAX_CHARS = 255;
/** Files that are not sent within this time are deleted. */
const UNSENT_KEPT_MS = 24 * 60 * 60_000;

/**
 * Files given to chats as context: their bytes as they came, and the text that was read out of them. A file goes with the last
 * chat that it was sent in, or after a day when it was sent in none.
 */
export class Attachments {
  #store: Store;
  #clock: Clock;

  constructor(options: { store: Store; clock: Clock }) {
    this.#store = options.store;
    this.#clock = options.clock;
  }

  /**
   * Reads and keeps a file. Throws `unsupported_media` for what is neither text nor PDF nor image, `payload_too_large` above
   * `ATTACHMENT_MAX_BYTES`, and `invalid_request` for a name of more than 255 characters.
   */
  async create(
    principal: Principal,
    file: { name: string; mediaType: string; bytes: Uint8Array },
  ): Promise<Attachment> {
    if (file.name.length > NAME_MAX_CHARS) {
      throw new FreshetError("invalid_request", "The name of the file is too long", { field: "file" });
    }
    if (file.bytes.length > ATTACHMENT_MAX_BYTES) {
      throw new FreshetError("payload_too_large", `${file.name} is larger than 20 MB`, { field: "file" });
    }
    const document = await readDocument(file);
    const now = this.#clock.now();
    const attachment: Attachment = {
      id: newId(),
      name: file.name,
      mediaType: document.mediaType,
      kind: document.kind,
      sizeBytes: file.bytes.length,
      tokens: document.kind === "image" ? IMAGE_TOKENS : estimateTokens(document.text ?? ""),
      createdAt: now,
    };
    const { profileId } = principal;
    // First of all, so that nothing stays for ever of an upload that is cut off.
    await this.#store.kv.set(keys.attachmentPurge(now + UNSENT_KEPT_MS, profileId, attachment.id), true);
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

  /** A file's bytes as they came, or null where it was deleted. */
  async bytes(principal: Principal, id: string): Promise<Uint8Array | null> {
    return await this.#store.blobs.read(keys.attachmentBytes(principal.profileId, id));
  }

  /** The text of a file, or null where it has none or was deleted. */
  async text(principal: Principal, id: string): Promise<string | null> {
    const bytes = await this.#store.blobs.read(keys.attachmentText(principal.profileId, id));
    return bytes ? new TextDecoder().decode(bytes) : null;
  }

  /** Adds to the commit that sends files in a chat that they are kept with it. */
  use(
    { profileId }: Principal,
    operation: Deno.AtomicOperation,
    files: readonly Pick<Attachment, "id">[],
    chatId: string,
  ): void {
    for (const { id } of files) operation.set(keys.attachmentUse(profileId, id, chatId), true);
  }

  /** Deletes a file; messages that named it keep its name. */
  async delete(principal: Principal, id: string): Promise<void> {
    await this.get(principal, id);
    await this.#delete(principal.profileId, id);
  }

  /** Says that a chat needs a file no more; the last one takes it along. */
  async release(profileId: string, id: string, chatId: string): Promise<void> {
    await this.#store.kv.delete(keys.attachmentUse(profileId, id, chatId));
    if (!await this.#isUsed(profileId, id)) await this.#delete(profileId, id);
  }

  /** Deletes what was uploaded more than a day ago and never sent. */
  async purge(): Promise<void> {
    for await (const { key } of this.#store.kv.list({ prefix: keys.attachmentPurges() })) {
      const [, dueAt, profileId, id] = key.map(String);
      if (Number(dueAt) > this.#clock.now() || !profileId || !id) return;
      if (!await this.#isUsed(profileId, id)) await this.#delete(profileId, id);
      await this.#store.kv.delete(key);
    }
  }

  async #isUsed(profileId: string, id: string): Promise<boolean> {
    const uses = this.#store.kv.list({ prefix: keys.attachmentUses(profileId, id) }, { limit: 1 });
    return (await Array.fromAsync(uses)).length > 0;
  }

  async #delete(profileId: string, id: string): Promise<void> {
    await this.#store.kv.delete(keys.attachment(profileId, id));
    await this.#store.blobs.delete(keys.attachmentBytes(profileId, id));
    await this.#store.blobs.delete(keys.attachmentText(profileId, id));
    await this.#store.deleteBelow(keys.attachmentUses(profileId, id));
  }
}
