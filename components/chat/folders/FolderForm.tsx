import { useEffect, useId, useRef, useState } from "preact/hooks";
import { createFolder, updateFolder } from "../../../lib/client/folders/folder_actions.ts";
import { type Chat, type ChatFolder, FOLDER_COLORS } from "../../../lib/shared/mod.ts";
import { usePage } from "../context.ts";
import { DialogFrame } from "./DialogFrame.tsx";

/** Makes a folder, for a chat where one is given, or changes one. */
export function FolderForm({ folder, parentId: proposed, chat }: {
  folder?: ChatFolder;
  parentId?: string;
  chat?: Chat;
}) {
  const model = usePage();
  const { folders, overlay, t } = model;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [name, setName] = useState(folder?.name ?? "");
  const [color, setColor] = useState(folder?.color ?? "gray");
  const [parentId, setParent] = useState(folder?.parentId ?? proposed ?? "");
  useEffect(() => field.current?.focus(), []);
  const all = folders.value;
  const holdsOthers = folder !== undefined && all.some((each) => each.parentId === folder.id);
  const parents = holdsOthers ? [] : all.filter((each) => !each.parentId && each.id !== folder?.id);
  const save = (event: Event) => {
    event.preventDefault();
    if (name.trim() === "") return;
    overlay.value = null;
    const fields = { name: name.trim(), color };
    const saving = folder
      ? updateFolder(model, folder, {
        ...fields,
        ...(parentId === (folder.parentId ?? "") ? {} : { parentId: parentId || null }),
      })
      : createFolder(model, { ...fields, ...(parentId ? { parentId } : {}) }, chat);
    saving.catch(reportError);
  };
  return (
    <DialogFrame title={t(folder ? "folders.edit" : "folders.create")}>
      <form class="organise__form" onSubmit={save}>
        <div class="field">
          <label class="field__label" for={`${id}-name`}>{t("folders.name")}</label>
          <input
            ref={field}
            id={`${id}-name`}
            class="field__control"
            required
            maxLength={60}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </div>
        <fieldset class="folder-colors">
          <legend class="field__label">{t("folders.color")}</legend>
          {FOLDER_COLORS.map((each) => (
            <label
              key={each}
              class="folder-colors__choice"
              data-color={each}
              title={t(`folders.color.${each}`)}
            >
              <input
                type="radio"
                name={`${id}-color`}
                value={each}
                checked={each === color}
                aria-label={t(`folders.color.${each}`)}
                onChange={() => setColor(each)}
              />
            </label>
          ))}
        </fieldset>
        {parents.length > 0 && (
          <div class="field">
            <label class="field__label" for={`${id}-parent`}>{t("folders.inside")}</label>
            <select
              id={`${id}-parent`}
              class="field__control"
              value={parentId}
              onChange={(event) => setParent(event.currentTarget.value)}
            >
              <option value="">{t("folders.top")}</option>
              {parents.map((each) => <option key={each.id} value={each.id}>{each.name}</option>)}
            </select>
          </div>
        )}
        <div class="organise__buttons">
          <button type="button" class="button" onClick={() => void (overlay.value = null)}>
            {t("cancel")}
          </button>
          <button type="submit" class="button button--primary">{t("folders.save")}</button>
        </div>
      </form>
    </DialogFrame>
  );
}
