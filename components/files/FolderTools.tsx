import { useRef, useState } from "preact/hooks";
import { type FileSortKey } from "../../lib/shared/mod.ts";
import { ariaState } from "../aria.ts";
import { Icon } from "../Icon.tsx";
import { useFolder } from "./context.ts";

const SORTS: readonly FileSortKey[] = ["name", "size", "modifiedAt", "kind"];

/** What is done with the folder as a whole: searching, sorting, how it looks, new folders and files. */
export function FolderTools() {
  const model = useFolder();
  const { folder, dialog, t } = model;
  const files = useRef<HTMLInputElement>(null);
  const { key } = folder.sort.value;
  const look = folder.look.value;
  return (
    <div class="folder-tools needs-script">
      <SearchForm />
      <select
        class="field__control folder-tools__sort"
        aria-label={t("filesPage.sortBy", { what: "…" })}
        value={key}
        onChange={(event) => {
          const wanted = SORTS.find((each) => each === event.currentTarget.value);
          if (wanted && wanted !== key) folder.sortBy(wanted);
        }}
      >
        {SORTS.map((each) => (
          <option key={each} value={each} selected={each === key}>{t(`filesPage.${each}`)}</option>
        ))}
      </select>
      <button
        type="button"
        class="icon-button"
        aria-label={t("filesPage.look.tiles")}
        title={t(look === "tiles" ? "filesPage.look.list" : "filesPage.look.tiles")}
        aria-pressed={ariaState(look === "tiles")}
        onClick={() => model.setLook(look === "tiles" ? "list" : "tiles")}
      >
        <Icon name={look === "tiles" ? "list" : "layout-grid"} />
      </button>
      <button type="button" class="button" onClick={() => dialog.value = { type: "new folder" }}>
        <Icon name="folder-plus" />
        <span class="folder-tools__label">{t("filesPage.newFolder")}</span>
      </button>
      <button type="button" class="button button--primary" onClick={() => files.current?.click()}>
        <Icon name="upload" />
        <span class="folder-tools__label">{t("filesPage.upload")}</span>
      </button>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label={t("filesPage.upload")}
        onChange={({ currentTarget }) => {
          const chosen = Array.from(currentTarget.files ?? []);
          currentTarget.value = "";
          void model.upload(chosen);
        }}
      />
    </div>
  );
}

function SearchForm() {
  const { folder, folderName, search, t } = useFolder();
  const [text, setText] = useState("");
  const [contents, setContents] = useState(false);
  const name = folder.path.value.split("/").at(-1) || folderName;
  return (
    <form
      role="search"
      class="folder-search"
      onSubmit={(event) => {
        event.preventDefault();
        const q = text.trim();
        if (q !== "") void search.start(folder.folderId, { path: folder.path.peek(), q, contents });
      }}
    >
      <input
        type="search"
        class="field__control folder-search__text"
        aria-label={t("filesPage.search.label", { name })}
        placeholder={t("filesPage.search.label", { name })}
        value={text}
        maxLength={200}
        onInput={(event) => {
          setText(event.currentTarget.value);
          if (event.currentTarget.value === "") search.clear();
        }}
      />
      <label class="folder-search__contents">
        <input
          type="checkbox"
          checked={contents}
          onChange={(event) => setContents(event.currentTarget.checked)}
        />
        {t("filesPage.search.contents")}
      </label>
      <button
        type="submit"
        class="icon-button"
        aria-label={t("filesPage.search")}
        title={t("filesPage.search")}
      >
        <Icon name="search" />
      </button>
    </form>
  );
}
