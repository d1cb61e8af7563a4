import { useRef } from "preact/hooks";
import type { BranchMessage } from "../../../lib/shared/mod.ts";
import { usePage } from "../context.ts";
import { useGrowingField } from "../use_growing_field.ts";

/** A person's message while it is edited; sending makes a branch of its own. */
export function EditMessage({ message }: { message: BranchMessage }) {
  const { t, turns, editing, editedText, chat } = usePage();
  const edited = editedText.value;
  const initial = edited?.id === message.id ? edited.text : message.text;
  const field = useRef<HTMLTextAreaElement>(null);
  useGrowingField(field, initial, true);
  const close = () => {
    editing.value = null;
    editedText.value = null;
  };
  const send = async () => {
    const text = field.current?.value.trim() ?? "";
    if (text === "" || chat.live.value) return;
    const files = (message.attachments ?? []).map((attachment, key) => ({
      key,
      name: attachment.name,
      sizeBytes: attachment.sizeBytes,
      attachment,
    }));
    close();
    if (await turns.send(text, files, message.parentId)) return;
    editedText.value = { id: message.id, text };
    editing.value = message.id;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <form
      class="edit"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={field}
        class="field__control edit__field"
        aria-label={t("message.edit")}
        defaultValue={initial}
        onKeyDown={onKeyDown}
      />
      <div class="edit__buttons">
        <p class="field__hint">{t("message.editHint")}</p>
        <button type="button" class="button button--small" onClick={close}>{t("cancel")}</button>
        <button
          type="submit"
          class="button button--small button--primary"
          disabled={chat.live.value !== null}
        >
          {t("send")}
        </button>
      </div>
    </form>
  );
}
