import { Icon } from "../Icon.tsx";
import { useFolder } from "./context.ts";

/** What is on its way to the folder, and what became of it. */
export function UploadList() {
  const { uploads, t } = useFolder();
  const list = uploads.list.value;
  const left = uploads.left.value;
  if (list.length === 0) return null;
  const shown = list.filter(({ state }) => state !== "done").slice(0, 50);
  return (
    <section class="upload-list" aria-label={t("filesPage.uploads")}>
      <header class="upload-list__head">
        <p role="status">
          {left > 0
            ? t("filesPage.uploads.left", { count: left })
            : shown.length === 0
            ? t("filesPage.uploads.done")
            : t("filesPage.uploads")}
        </p>
        <button
          type="button"
          class="button button--small"
          onClick={() => left > 0 ? uploads.cancel() : uploads.clear()}
        >
          {t(left > 0 ? "cancel" : "close")}
        </button>
      </header>
      {shown.length > 0 && (
        <ul class="upload-list__items" role="list">
          {shown.map(({ key, name, state, error, canReplace, otherName }) => (
            <li key={key} class="upload-list__item">
              <Icon
                name={state === "failed" ? "circle-alert" : "loader-circle"}
                {...(state === "sending" ? { class: "spin" } : {})}
              />
              <span class="truncate">{name}</span>
              <span class="muted">
                {state === "failed" ? error?.message : t(`filesPage.uploads.state.${state}`)}
              </span>
              {state === "failed" && otherName !== undefined && (
                <button
                  type="button"
                  class="button button--small"
                  onClick={() => void uploads.sendAsOther(key)}
                >
                  {t("filesPage.uploads.other", { name: otherName })}
                </button>
              )}
              {state === "failed" && canReplace && (
                <button
                  type="button"
                  class="button button--small"
                  onClick={() => void uploads.replace(key)}
                >
                  {t("filesPage.uploads.replace", { name })}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
