import { useState } from "preact/hooks";
import { deleteTag, renameTag } from "../../../lib/client/folders/folder_actions.ts";
import type { ChatTag } from "../../../lib/shared/mod.ts";
import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";
import { DialogFrame } from "./DialogFrame.tsx";

/** All tags, to be renamed or deleted everywhere. */
export function AllTags() {
  const { tags, overlay, t } = usePage();
  return (
    <DialogFrame title={t("tags.manage")}>
      {tags.value.length === 0 && <p class="muted">{t("tags.none")}</p>}
      <ul class="organise__list" role="list">
        {tags.value.map((tag) => <TagRow key={tag.id} tag={tag} />)}
      </ul>
      <div class="organise__buttons">
        <button type="button" class="button button--primary" onClick={() => void (overlay.value = null)}>
          {t("tags.done")}
        </button>
      </div>
    </DialogFrame>
  );
}

function TagRow({ tag }: { tag: ChatTag }) {
  const model = usePage();
  const { t } = model;
  const { name } = tag;
  const [asks, setAsks] = useState(false);
  const rename = (field: HTMLInputElement) => {
    const wanted = field.value.trim();
    if (wanted === "") field.value = name;
    else if (wanted !== name) renameTag(model, tag, wanted).then(() => field.value = current(), reportError);
  };
  const current = () => model.tags.peek().find(({ id }) => id === tag.id)?.name ?? name;
  return (
    <li class="tag-row">
      <input
        class="field__control"
        aria-label={t("tags.rename", { name })}
        maxLength={40}
        defaultValue={name}
        onBlur={(event) => rename(event.currentTarget)}
        onKeyDown={(event) => event.key === "Enter" && rename(event.currentTarget)}
      />
      <button
        type="button"
        class={asks ? "button button--sure button--small" : "icon-button"}
        aria-label={asks ? undefined : t("tags.delete", { name })}
        onBlur={() => setAsks(false)}
        onClick={() => asks ? deleteTag(model, tag).catch(reportError) : setAsks(true)}
      >
        {asks ? t("tags.deleteSure") : <Icon name="trash-2" />}
      </button>
    </li>
  );
}
