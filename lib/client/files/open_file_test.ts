import { assertEquals, assertRejects } from "@std/assert";
import { type FileEntry, type FilePreview, FreshetError } from "../../shared/mod.ts";
import { OpenFile } from "./open_file.ts";

/** A file on a server: its text names its version. */
class FakeDisk {
  text: string | null = "one";
  writes: { text: string; version: string | undefined }[] = [];

  preview = (folderId: string, path: string): Promise<FilePreview> => {
    if (this.text === null) return Promise.reject(new FreshetError("not_found", "gone"));
    const { text } = this;
    const size = text.length;
    return Promise.resolve({
      folderId,
      path,
      name: path,
      kind: "text",
      size,
      modifiedAt: 1,
      mediaType: "text/plain",
      text,
      version: `v ${text}`,
    });
  };

  write = (
    _folderId: string,
    path: string,
    body: Blob | string,
    { version }: { replace: boolean; version?: string },
  ): Promise<FileEntry> => {
    if (version !== undefined && version !== `v ${this.text}`) {
      return Promise.reject(new FreshetError("conflict", "changed", { field: "version" }));
    }
    this.text = String(body);
    this.writes.push({ text: this.text, version });
    return Promise.resolve({ name: path, kind: "file", size: 1, modifiedAt: 1, preview: "text" });
  };
}

async function opened(): Promise<{ disk: FakeDisk; file: OpenFile }> {
  const disk = new FakeDisk();
  const file = new OpenFile({ folderId: "f", api: disk, preview: null });
  await file.open("a.txt");
  file.edit();
  return { disk, file };
}

Deno.test("what was typed is saved over what was read, and only over that", async () => {
  const { disk, file } = await opened();
  assertEquals([file.editing.value, file.isDirty.value], [true, false]);
  file.setDraft("two");
  assertEquals(file.isDirty.value, true);
  assertEquals(await file.save(), true);
  assertEquals([file.isDirty.value, file.preview.value?.version], [false, "v two"]);
  file.setDraft("three");
  disk.text = "by another program";
  assertEquals(await file.save(), false);
  assertEquals([file.changedOnDisk.value, disk.text], [true, "by another program"]);
  assertEquals(await file.save({ overwrite: true }), true);
  assertEquals([file.changedOnDisk.value, disk.text, disk.writes.length], [false, "three", 2]);
});

Deno.test("a change on disk is taken where nothing was typed, and told of where something was", async () => {
  const { disk, file } = await opened();
  disk.text = "changed";
  await file.look();
  assertEquals([file.preview.value?.text, file.changedOnDisk.value], ["changed", false]);
  file.setDraft("mine");
  disk.text = "changed again";
  await file.look();
  assertEquals([file.draft.value, file.changedOnDisk.value], ["mine", true]);
  await file.loadAgain();
  assertEquals([file.draft.value, file.preview.value?.text, file.changedOnDisk.value], [
    null,
    "changed again",
    false,
  ]);
  disk.text = null;
  await file.look();
  assertEquals(file.changedOnDisk.value, true);
});

Deno.test("what is typed while it is saved is kept", async () => {
  const { disk, file } = await opened();
  file.setDraft("two");
  const saving = file.save();
  file.setDraft("two and more");
  await saving;
  assertEquals([disk.text, file.draft.value, file.isDirty.value], ["two", "two and more", true]);
});

Deno.test("another failure of saving is thrown, and what was typed stays", async () => {
  const { disk, file } = await opened();
  disk.write = () => Promise.reject(new FreshetError("storage", "full"));
  file.setDraft("two");
  await assertRejects(() => file.save(), FreshetError, "full");
  assertEquals([file.draft.value, file.saving.value], ["two", false]);
});
