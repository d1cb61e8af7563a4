import { useEffect, useId, useRef, useState } from "preact/hooks";
import { findTag } from "../../../lib/client/folders/folder_actions.ts";
import { changedChat, type Chat, type UpdateChatBody } from "../../../lib/shared/mod.ts";
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
  const [sending, setSending] = useState<readonly UpdateChatBody[]>([]);
  const last = useRef(Promise.resolve());
  const latest = useRef(chat);
  latest.current = chat;
  const [text, setText] = useState("");
  useEffect(() => field.current?.focus(), []);
  const all = tags.value;
  // As the chat is, with what other tabs do, and what of ours is under way.
  const ids = sending.reduce(changedChat, chat).tagIds ?? [];
  const own = all.filter((tag) => ids.includes(tag.id));
  const wanted = text.trim().toLowerCase();
  const others = all.filter((tag) => !ids.includes(tag.id) && tag.name.toLowerCase().includes(wanted));
  const isFull = own.length >= TAGS_MAX;
  // One after another: tags may be typed faster than the server answers.
  const change = (changes: UpdateChatBody) => {
    setSending((before) => [...before, changes]);
    last.current = last.current.then(() => actions.update(latest.current, changes)).catch(reportError)
      .finally(() => setSending((before) => before.filter((each) => each !== changes)));
  };
  const add = async (name: string) => {
    if (name.trim() === "" || isFull) return;
    setText("");
    const tag = await findTag(model, name.trim());
    if (tag) change({ addTagIds: [tag.id] });
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
                change({ removeTagIds: [tag.id] });
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
