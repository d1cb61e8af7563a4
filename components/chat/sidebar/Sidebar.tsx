import { useRef } from "preact/hooks";
import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";
import { Organised } from "../folders/Organised.tsx";
import { Menu, MenuItem } from "../Menu.tsx";
import { ChatList } from "./ChatList.tsx";
import { useLazy } from "../use_lazy.ts";

/** The chats: a new one, the search, the list. */
export function Sidebar() {
  const model = usePage();
  const { search, t } = model;
  const importInput = useRef<HTMLInputElement>(null);
  const isSearching = search.query.value.trim() !== "";
  const SearchResults = useLazy(
    search.query.value !== "",
    async () => (await import("./SearchResults.tsx")).SearchResults,
  );
  const startNew = (temporary: boolean) => (event: Event) => {
    event.preventDefault();
    model.newChat(temporary);
    document.getElementById("composer-text")?.focus();
  };
  return (
    <>
      <div class="sidebar__top">
        <a class="button sidebar__new" href="/" onClick={startNew(false)} data-first-focus>
          <Icon name="square-pen" />
          {t("chats.new")}
        </a>
        <Menu label={t("chats.more")} icon="chevron-down" class="button sidebar__more">
          <MenuItem icon="ghost" label={t("chats.newTemporary")} onClick={startNew(true)} />
          <MenuItem
            icon="folder-plus"
            label={t("folders.create")}
            onClick={() => void (model.overlay.value = { type: "folder" })}
          />
          <MenuItem icon="upload" label={t("chats.import")} onClick={() => importInput.current?.click()} />
        </Menu>
        <button
          type="button"
          class="icon-button sidebar__close needs-script"
          aria-label={t("close")}
          onClick={() => model.layout.close()}
        >
          <Icon name="x" />
        </button>
        <input
          ref={importInput}
          type="file"
          accept="application/json,.json"
          hidden
          aria-label={t("chats.import")}
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            currentTarget.value = "";
            if (file) model.actions.importFile(file).catch((error) => model.report(error));
          }}
        />
      </div>
      <div class="sidebar__search needs-script" role="search">
        <Icon name="search" />
        <input
          type="search"
          placeholder={t("search.placeholder")}
          aria-label={t("search.placeholder")}
          value={search.query.value}
          onInput={(event) => search.search(event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Escape" && search.search("")}
        />
        {search.query.value !== "" && (
          <button
            type="button"
            class="field__reset"
            aria-label={t("search.clear")}
            onClick={() => search.search("")}
          >
            <Icon name="x" />
          </button>
        )}
      </div>
      <nav class="sidebar__list" aria-label={t("chats")}>
        <Organised />
        {isSearching ? SearchResults && <SearchResults /> : !search.filter.value && <ChatList />}
      </nav>
    </>
  );
}
