import { type Signal, signal } from "@preact/signals";
import { type FileEntry, type FileFolder, FreshetError, newId, type TrashedFile } from "../../shared/mod.ts";
import { fileNameOf, joinFilePath, parentFilePath } from "../../shared/files/mod.ts";
import type { Translate } from "../../shared/texts/mod.ts";
import type { Toasts } from "../toasts.ts";
import { filesHref } from "./addresses.ts";
import { FileSearch } from "./file_search.ts";
import type { FilesApi } from "./files_api.ts";
import { type FileLook, FolderModel, type FolderModelOptions } from "./folder_model.ts";
import { OpenFile, type OpenFileOptions } from "./open_file.ts";
import { Uploads } from "./uploads.ts";

/** What is asked over the page. */
export type FilesDialog =
  | { type: "rename"; name: string }
  | { type: "new folder" }
  | { type: "move"; names: readonly string[] }
  | { type: "chat"; paths: readonly string[] }
  | { type: "discard"; then: () => void }
  | { type: "empty trash" }
  | { type: "delete for good"; trashed: TrashedFile }
  | { type: "remove folder"; folder: FileFolder };

/** What a `FilesPageModel` needs. */
export interface FilesPageOptions {
  folders: readonly FileFolder[];
  shown: Pick<FolderModelOptions, "folderId" | "path" | "entries" | "total"> | null;
  preview: OpenFileOptions["preview"];
  trash: readonly TrashedFile[] | null;
  api: FilesApi;
  toasts: Toasts;
  t: Translate;
  language: string;
  /** Changes the address of the page. */
  navigate: (href: string) => void;
  storage: Pick<Storage, "getItem" | "setItem"> | undefined;
}

const LOOK_KEY = "freshet:files-look";

/** Everything on the page of files, and what a person does with it. */
export class FilesPageModel {
  readonly folders: readonly FileFolder[];
  readonly folder: FolderModel | null;
  readonly file: OpenFile;
  readonly search: FileSearch;
  readonly uploads: Uploads;
  readonly trash: Signal<readonly TrashedFile[] | null>;
  readonly dialog: Signal<FilesDialog | null> = signal(null);
  readonly toasts: Toasts;
  readonly t: Translate;
  readonly language: string;
  readonly api: FilesApi;
  readonly #options: FilesPageOptions;

  constructor(options: FilesPageOptions) {
    const { api, shown, preview, trash, toasts, t, language, folders } = options;
    this.#options = options;
    this.api = api;
    this.toasts = toasts;
    this.t = t;
    this.language = language;
    this.folders = folders;
    this.trash = signal(trash);
    this.folder = shown && new FolderModel({ ...shown, api, onError: (error) => this.report(error) });
    this.file = new OpenFile({ folderId: shown?.folderId ?? "", api, preview });
    this.search = new FileSearch(api);
    this.uploads = new Uploads({ api, onDone: () => void this.folder?.reload() });
  }

  /** The folder's name in the list. */
  get folderName(): string {
    return this.folders.find(({ id }) => id === this.folder?.folderId)?.name ?? "";
  }

  /** Tells of a failure. */
  report(error: unknown): void {
    if (error instanceof FreshetError) this.toasts.error(error);
    else reportError(error);
  }

  /** Opens an entry: a folder is gone into, a file is shown. */
  open({ name, kind }: Pick<FileEntry, "name" | "kind">): void {
    const path = this.folder?.pathOf(name);
    if (path === undefined || kind === "other") return;
    if (kind === "folder") this.goTo(path);
    else this.show(path);
  }

  /** Goes to a folder below, or above. */
  goTo(path: string): void {
    this.#leaveFile(() => {
      this.folder?.open(path).then((isOpen) => isOpen && this.#arrived(), (error) => this.report(error));
    });
  }

  goUp(): void {
    this.#leaveFile(() => {
      this.folder?.openParent().then((isOpen) => isOpen && this.#arrived(), (error) => this.report(error));
    });
  }

  /** Shows a file, in whatever folder below it is. */
  show(path: string): void {
    if (path === this.file.path.peek()) return;
    this.#leaveFile(() => {
      this.file.open(path).catch((error) => this.report(error));
      const parent = parentFilePath(path);
      if (this.folder && parent !== this.folder.path.peek()) {
        this.folder.open(parent, fileNameOf(path)).catch((error) => this.report(error));
      }
      this.#setAddress(parent, fileNameOf(path));
    });
  }

  /** Closes the file that is shown, unless somebody wants to keep what was typed. */
  closeFile(): void {
    this.#leaveFile(() => {
      this.file.close();
      this.#setAddress(this.folder?.path.peek() ?? "");
    });
  }

  stopEditing(): void {
    this.#unlessDirty(() => this.file.stopEditing());
  }

  /** Shows what the address says, after the browser's own buttons. */
  async restore(search: string): Promise<void> {
    const query = new URLSearchParams(search);
    const [path, show] = [query.get("path") ?? "", query.get("show")];
    if (query.get("folder") !== this.folder?.folderId) return location.reload();
    if (path !== this.folder?.path.peek()) await this.folder?.open(path);
    const file = show === null ? null : joinFilePath(path, show);
    if (file === this.file.path.peek()) return;
    if (file === null) this.file.close();
    else await this.file.open(file);
  }

  async save(overwrite = false): Promise<void> {
    try {
      const name = fileNameOf(this.file.path.peek() ?? "");
      if (!await this.file.save({ overwrite })) return;
      this.toasts.show({ kind: "success", message: this.t("filesPage.edit.saved", { name }) });
      await this.folder?.reload();
    } catch (error) {
      this.report(error);
    }
  }

  /** Gives an entry another name. Throws what the server says against it. */
  async rename(name: string, newName: string): Promise<void> {
    const { folder, file } = this;
    await folder?.rename(name, newName);
    if (file.path.peek() !== folder?.pathOf(name)) return;
    file.moved(folder.pathOf(newName));
    this.#setAddress(folder.path.peek(), newName, true);
  }

  /** Moves entries to the trash, with a way back. */
  async remove(names: readonly string[]): Promise<void> {
    const { folder, t } = this;
    if (!folder || names.length === 0) return;
    const trashed = await folder.remove(names);
    const [first] = trashed;
    if (!first) return;
    if (trashed.some(({ path }) => path === this.file.path.peek())) this.file.close();
    const name = fileNameOf(first.path);
    this.toasts.show({
      kind: "success",
      message: trashed.length === 1
        ? t("filesPage.deleted", { name })
        : t("filesPage.deletedMany", { count: trashed.length }),
      action: { label: t("undo"), run: () => void this.#bringBack(trashed) },
    });
  }

  async move(names: readonly string[], folderId: string, path: string): Promise<void> {
    const count = await this.folder?.move(names, folderId, path) ?? 0;
    if (count > 0) this.toasts.show({ kind: "success", message: this.t("filesPage.moved", { count }) });
  }

  async upload(files: Iterable<File>): Promise<void> {
    const { folder, uploads } = this;
    if (!folder) return;
    await uploads.add(files, folder.folderId, folder.path.peek()).catch((error) => this.report(error));
  }

  async restoreTrashed({ id }: TrashedFile): Promise<void> {
    await this.#inTrash(async () => {
      const { path } = await this.api.restore(id);
      this.#forgetTrashed([id]);
      this.toasts.show({
        kind: "success",
        message: this.t("filesPage.restored", { name: fileNameOf(path) }),
      });
    });
  }

  async deleteTrashed({ id }: TrashedFile): Promise<void> {
    await this.#inTrash(async () => {
      await this.api.deleteTrashed(id);
      this.#forgetTrashed([id]);
    });
  }

  async emptyTrash(): Promise<void> {
    await this.#inTrash(async () => {
      await this.api.emptyTrash();
      this.trash.value = [];
    });
  }

  /** Sends files with a message to a chat, a new one without an id; the chat's address. */
  async sendToChat(paths: readonly string[], chatId: string, text: string): Promise<string | undefined> {
    const { folder, api } = this;
    if (!folder) return undefined;
    try {
      const attachments = [];
      for (const path of paths) attachments.push(await api.attach(folder.folderId, path));
      const id = chatId === "" ? (await api.createChat()).id : chatId;
      await api.sendMessage(id, text, attachments.map(({ id }) => id), newId());
      return `/chat/${id}`;
    } catch (error) {
      this.report(error);
      return undefined;
    }
  }

  setLook(look: FileLook): void {
    this.folder?.setLook(look);
    try {
      this.#options.storage?.setItem(LOOK_KEY, look);
    } catch (error) {
      // A full storage costs only that this is forgotten.
      if (!(error instanceof DOMException)) throw error;
    }
  }

  /** Brings back how the entries were shown. */
  restoreLook(): void {
    if (this.#options.storage?.getItem(LOOK_KEY) === "tiles") this.folder?.setLook("tiles");
  }

  async #bringBack(trashed: readonly TrashedFile[]): Promise<void> {
    try {
      for (const { id } of trashed) await this.api.restore(id);
    } catch (error) {
      this.report(error);
    }
    await this.folder?.reload();
  }

  async #inTrash(work: () => Promise<void>): Promise<void> {
    await work().catch((error) => this.report(error));
  }

  #forgetTrashed(ids: readonly string[]): void {
    this.trash.value = this.trash.peek()?.filter(({ id }) => !ids.includes(id)) ?? null;
  }

  #leaveFile(then: () => void): void {
    this.#unlessDirty(then);
  }

  #unlessDirty(then: () => void): void {
    if (!this.file.isDirty.peek()) return then();
    this.dialog.value = { type: "discard", then };
  }

  #arrived(): void {
    this.file.close();
    this.search.clear();
    this.#setAddress(this.folder?.path.peek() ?? "");
  }

  #setAddress(path: string, show?: string, replace = false): void {
    const folderId = this.folder?.folderId;
    if (folderId === undefined) return;
    const href = filesHref(show === undefined ? { folderId, path } : { folderId, path, show });
    if (replace) history.replaceState(null, "", href);
    else this.#options.navigate(href);
  }
}
