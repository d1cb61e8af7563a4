import { useEffect, useId, useRef, useState } from "preact/hooks";
import { findTag } from "../../../lib/client/folders/folder_actions.ts";
import type { Chat } from "../../../lib/shared/mod.ts";
import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";
import { DialogFrame } from "./DialogFrame.tsx";

/** As many as the server takes. */
const TAGS_MAX = 10;
const SUGGESTED = 8;

/** The tags of a chat: typed, with those there are as suggestions. Every change counts at once. */
export function ChatTags({ chat }: { chat: Chat }) {
  const model = usePage();
  const { tags, actions, overlay, t } = model;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [ids, setIds] = useState<readonly string[]>(chat.tagIds ?? []);
  const latest = useRef(ids);
  const sending = useRef(Promise.resolve());
  const [text, setText] = useState("");
  useEffect(() => field.current?.focus(), []);
  const all = tags.value;
  const own = all.filter((tag) => ids.includes(tag.id));
  const wanted = text.trim().toLowerCase();
  const others = all.filter((tag) => !ids.includes(tag.id) && tag.name.toLowerCase().includes(wanted));
  const isFull = own.length >= TAGS_MAX;
  // One after another: tags may be typed faster than the server answers.
  const change = (next: readonly string[]) => {
    latest.current = next;
    setIds(next);
    const known = new Set(tags.peek().map((tag) => tag.id));
    const tagIds = next.filter((each) => known.has(each));
    sending.current = sending.current.then(() => actions.update(chat, { tagIds })).catch(reportError);
  };
  const add = async (name: string) => {
    if (name.trim() === "" || isFull) return;
    setText("");
    const tag = await findTag(model, name.trim());
    if (tag && !latest.current.includes(tag.id)) change([...latest.current, tag.id]);
    field.current?.focus();
  };
  return (
    <DialogFrame title={t("tags.title", { title: chat.title || t("chats.untitled") })}>
      <ul class="tag-editor" role="list" aria-label={t("tags")}>
        {own.map((tag) => (
          <li key={tag.id} class="tag">
            <span class="truncate">{tag.name}</span>
            <button
              type="button"
              class="tag__remove"
              aria-label={t("tags.remove", { name: tag.name })}
              onClick={() => {
                change(latest.current.filter((each) => each !== tag.id));
                field.current?.focus();
              }}
            >
              <Icon name="x" />
            </button>
          </li>
        ))}
      </ul>
      <form
        class="organise__form"
        onSubmit={(event) => {
          event.preventDefault();
          add(text).catch(reportError);
        }}
      >
        <div class="field">
          <label class="field__label" for={id}>{t("tags.add")}</label>
          <input
            ref={field}
            id={id}
            class="field__control"
            autocomplete="off"
            maxLength={40}
            disabled={isFull}
            aria-describedby={`${id}-hint`}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <span id={`${id}-hint`} class="field__hint">{t("tags.addHint", { max: TAGS_MAX })}</span>
        </div>
        {!isFull && others.length > 0 && (
          <div class="tag-editor">
            {others.slice(0, SUGGESTED).map((tag) => (
              <button
                key={tag.id}
                type="button"
                class="tag tag--choice"
                onClick={() => add(tag.name).catch(reportError)}
              >
                <Icon name="plus" />
                <span class="truncate">{tag.name}</span>
              </button>
            ))}
          </div>
        )}
        <div class="organise__buttons">
          <button type="button" class="button" onClick={() => void (overlay.value = { type: "allTags" })}>
            {t("tags.manage")}
          </button>
          <button type="button" class="button button--primary" onClick={() => void (overlay.value = null)}>
            {t("tags.done")}
          </button>
        </div>
      </form>
    </DialogFrame>
  );
}
