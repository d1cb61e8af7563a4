import { useEffect, useRef } from "preact/hooks";
import type { Chat } from "../../lib/shared/mod.ts";
import { usePage } from "./context.ts";

/** Gives a chat another title: Enter and leaving the field save it, Escape does not. */
export function RenameField(
  { chat, class: extra, onDone }: { chat: Chat; class: string; onDone: () => void },
) {
  const { actions, t } = usePage();
  const field = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const end = (title?: string) => {
    // A field that goes away loses the focus too.
    if (isDone.current) return;
    isDone.current = true;
    onDone();
    if (title !== undefined) actions.rename(chat, title);
  };
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLInputElement }) => {
    if (event.key === "Enter") end(event.currentTarget.value);
    if (event.key !== "Escape") return;
    event.stopPropagation();
    end();
  };
  return (
    <input
      ref={field}
      class={`field__control ${extra}`}
      aria-label={t("chats.rename")}
      defaultValue={chat.title}
      maxLength={200}
      onBlur={(event) => end(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  );
}
