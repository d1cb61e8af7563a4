import { filesHref } from "../../lib/client/files/addresses.ts";
import type { FileHit } from "../../lib/shared/mod.ts";
import { fileNameOf, parentFilePath } from "../../lib/shared/files/mod.ts";
import { Icon } from "../Icon.tsx";
import { useFolder } from "./context.ts";
import { isPlainClick } from "./plain_click.ts";

/** What the search has found so far. */
export function SearchHits() {
  const { search, t } = useFolder();
  const hits = search.hits.value;
  const state = search.state.value;
  const end = search.end.value;
  const error = search.error.value;
  const isRunning = state === "running";
  return (
    <section class="search-hits" aria-label={t("filesPage.search")}>
      <header class="search-hits__head">
        <p role="status">
          {isRunning
            ? t("filesPage.search.running", { count: search.seen.value })
            : hits.length === 0 && !error
            ? t("filesPage.search.none")
            : t("filesPage.search.hits", { count: hits.length })}
        </p>
        {isRunning && <Icon name="loader-circle" class="spin" />}
        {isRunning && (
          <button type="button" class="button button--small" onClick={() => search.stop()}>
            <Icon name="square" />
            {t("filesPage.search.stop")}
          </button>
        )}
        <button
          type="button"
          class="icon-button icon-button--small"
          aria-label={t("filesPage.search.clear")}
          onClick={() => search.clear()}
        >
          <Icon name="x" />
        </button>
      </header>
      {error && <p class="field__problem" role="alert">{error.message}</p>}
      <ul class="search-hits__list" role="list">
        {hits.map((hit) => <Hit key={`${hit.path}:${hit.line ?? ""}`} hit={hit} />)}
      </ul>
      {end && (end.stopped || end.skipped > 0) && (
        <p class="muted search-hits__end">
          {end.stopped && t(`filesPage.search.stopped.${end.stopped}`)}{" "}
          {end.skipped > 0 && t("filesPage.search.skipped", { count: end.skipped })}
        </p>
      )}
    </section>
  );
}

function Hit({ hit: { path, kind, line, text } }: { hit: FileHit }) {
  const model = useFolder();
  const { folder, t } = model;
  const parent = parentFilePath(path);
  const where = kind === "folder" ? { path } : { path: parent, show: fileNameOf(path) };
  return (
    <li class="search-hit">
      <Icon name={kind === "folder" ? "folder" : kind === "file" ? "file" : "link"} />
      <a
        class="search-hit__path"
        href={filesHref({ folderId: folder.folderId, ...where })}
        onClick={(event) => {
          if (!isPlainClick(event) || kind === "other") return;
          event.preventDefault();
          if (kind === "folder") model.goTo(path);
          else model.show(path);
        }}
      >
        {path}
      </a>
      {line !== undefined && (
        <span class="search-hit__line">
          <span class="muted">{t("filesPage.search.line", { line })}</span> <code>{text}</code>
        </span>
      )}
    </li>
  );
}
