import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Chat } from "../../lib/shared/mod.ts";
import { useFolder } from "./context.ts";
import { FormDialog } from "./FormDialog.tsx";

/** Asks which chat files go to, and with what message; then goes there. */
export function ChatDialog({ paths, onClose }: { paths: readonly string[]; onClose: () => void }) {
  const model = useFolder();
  const { api, t } = model;
  const id = useId();
  const text = useRef<HTMLTextAreaElement>(null);
  const [chats, setChats] = useState<readonly Chat[]>([]);
  const [chatId, setChatId] = useState("");
  const [isBusy, setBusy] = useState(false);
  useEffect(() => void api.chats().then(setChats, (error) => model.report(error)), []);
  const send = async () => {
    setBusy(true);
    const href = await model.sendToChat(paths, chatId, text.current?.value.trim() ?? "");
    if (href !== undefined) location.assign(href);
    else setBusy(false);
  };
  return (
    <FormDialog
      title={t("filesPage.chat.title", { count: paths.length })}
      confirm={t("filesPage.chat.send")}
      isBusy={isBusy}
      onConfirm={() => void send()}
      onClose={onClose}
    >
      <div class="field">
        <label class="field__label" for={`${id}-chat`}>{t("filesPage.chat.where")}</label>
        <select
          id={`${id}-chat`}
          class="field__control"
          value={chatId}
          onChange={(event) => setChatId(event.currentTarget.value)}
        >
          <option value="">{t("filesPage.chat.new")}</option>
          {chats.map((chat) => <option key={chat.id} value={chat.id}>{chat.title}</option>)}
        </select>
      </div>
      <div class="field">
        <label class="field__label" for={`${id}-text`}>{t("filesPage.chat.text")}</label>
        <textarea
          ref={text}
          id={`${id}-text`}
          data-first
          class="field__control"
          required
          maxLength={20_000}
          defaultValue={t("filesPage.chat.textValue")}
        />
      </div>
    </FormDialog>
  );
}
