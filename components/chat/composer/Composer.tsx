import { ariaState } from "../../aria.ts";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";
import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";
import { PanelButton } from "../settings/PanelButton.tsx";
import { TokenCountMeter } from "../status/TokenCountMeter.tsx";
import { useGrowingField } from "../use_growing_field.ts";
import { AttachButton } from "./AttachButton.tsx";
import { ComposerProblem } from "./ComposerProblem.tsx";
import { FileChips } from "./FileChips.tsx";

/** Where a message is typed. A plain form without scripts. */
export function Composer() {
  const model = usePage();
  const { composer, chat, turns, settings, data, t } = model;
  const field = useRef<HTMLTextAreaElement>(null);
  useMemo(() => composer.adopt(typedBefore()), []);
  const text = composer.text.value;
  const id = chat.chat.value?.id;
  const problem = turns.problem.value;
  const isLimited = problem?.code === "rate_limited";
  const isInvalid = problem !== null && !isLimited;
  useGrowingField(field, text);
  useEffect(() => {
    if (matchMedia("(pointer: fine)").matches) field.current?.focus();
  }, []);
  const submit = (event: Event) => {
    event.preventDefault();
    composer.send().catch((error) => model.report(error));
  };
  return (
    <form
      id="composer"
      class={`composer${isInvalid ? " composer--invalid" : isLimited ? " composer--limited" : ""}`}
      method="post"
      action={id ? `/chat/${id}` : "/chat"}
      onSubmit={submit}
    >
      <div class="composer__box">
        <FileChips />
        <label class="visually-hidden" for="composer-text">{t("composer.label")}</label>
        <textarea
          ref={field}
          id="composer-text"
          name="text"
          class="composer__text"
          rows={1}
          required
          placeholder={t(chat.chat.value ? "composer.placeholder" : "composer.placeholderNew")}
          value={text}
          aria-invalid={ariaState(isInvalid)}
          aria-describedby="composer-problem"
          enterkeyhint="send"
          onInput={(event) => composer.setText(event.currentTarget.value)}
          onKeyDown={(event) => isSendKey(event, settings.values.value.sendWith) && submit(event)}
          onPaste={(event) => {
            const files = data.features.attachments ? Array.from(event.clipboardData?.files ?? []) : [];
            if (files.length === 0) return;
            event.preventDefault();
            model.files.add(files).catch((error) => model.report(error));
          }}
        />
        <div class="composer__row">
          {data.features.attachments && <AttachButton />}
          <PanelButton />
          <span class="composer__space" />
          {settings.values.value.tokenMeter && <TokenCountMeter />}
          <SendButton />
        </div>
      </div>
      <ComposerProblem />
      <p class="composer__hint">{t("composer.hint")}</p>
    </form>
  );
}

/** What was typed while the page's scripts were still on their way. */
function typedBefore(): string {
  if (!IS_BROWSER) return "";
  const field = document.getElementById("composer-text");
  return field instanceof HTMLTextAreaElement ? field.value : "";
}

/** Sends, or stops the answer that is being written. */
function SendButton() {
  const { composer, chat, turns, t } = usePage();
  if (chat.live.value && !composer.canSend.value) {
    return (
      <button
        type="button"
        class="composer__send composer__send--stop"
        title={`${t("composer.stop")} (Esc)`}
        aria-label={t("composer.stop")}
        onClick={() => turns.stop()}
      >
        <Icon name="square" />
      </button>
    );
  }
  return (
    <button
      type="submit"
      class={composer.canSend.value ? "composer__send composer__send--ready" : "composer__send"}
      title={t("send")}
      aria-label={t("send")}
    >
      <Icon
        name={turns.starting.value ? "loader-circle" : "arrow-up"}
        class={turns.starting.value ? "spin" : ""}
      />
    </button>
  );
}

/** Whether a key press sends. Enter breaks the line on touch keyboards, and while an input method composes a character. */
function isSendKey(event: KeyboardEvent, sendWith: "enter" | "ctrl-enter"): boolean {
  if (event.key !== "Enter" || event.isComposing || event.shiftKey) return false;
  if (event.ctrlKey || event.metaKey) return true;
  return sendWith === "enter" && !event.altKey && matchMedia("(pointer: fine)").matches;
}
