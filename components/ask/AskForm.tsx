import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import type { AskModel } from "../../lib/client/projects/ask_model.ts";
import type { PromptImages } from "../../lib/client/projects/prompt_images.ts";
import { ariaState } from "../aria.ts";
import { useGrowingField } from "../chat/use_growing_field.ts";
import { useIsMac } from "../chat/use_is_mac.ts";
import { Icon } from "../Icon.tsx";
import { useProjects } from "../projects/context.ts";
import { AskProblem } from "./AskProblem.tsx";
import { CharacterCount } from "./CharacterCount.tsx";
import { ImageButtons } from "./ImageButtons.tsx";
import { ImageDrop } from "./ImageDrop.tsx";
import { ImageList } from "./ImageList.tsx";
import { KindChoice } from "./KindChoice.tsx";
import { ModelChoice } from "./ModelChoice.tsx";

/** The form that begins a project. It is posted as it is where there are no scripts. */
export function AskForm({ repeatKey, canAttach, model, images, field }: {
  /** Makes a form that is posted twice one project. */
  repeatKey: string;
  /** Whether files can be sent. */
  canAttach: boolean;
  model: AskModel;
  images: PromptImages;
  field: RefObject<HTMLTextAreaElement>;
}) {
  const { t, report } = useProjects();
  const text = model.text.value;
  const isInvalid = model.isPromptInvalid;
  useGrowingField(field, text);
  useEffect(() => {
    if (matchMedia("(pointer: fine)").matches) field.current?.focus();
  }, []);
  const submit = async (event: Event) => {
    event.preventDefault();
    try {
      const id = await model.send();
      if (id !== null) location.assign(`/projects/${id}`);
      else if (model.isPromptInvalid) field.current?.focus();
    } catch (error) {
      report(error);
    }
  };
  const onPaste = (event: ClipboardEvent) => {
    const files = canAttach ? Array.from(event.clipboardData?.files ?? []) : [];
    if (files.length === 0) return;
    event.preventDefault();
    images.add(files).catch(report);
  };
  return (
    <form
      class={isInvalid ? "ask-form ask-form--invalid" : "ask-form"}
      method="post"
      action="/ask"
      onSubmit={submit}
    >
      <input type="hidden" name="key" value={repeatKey} />
      <div class="ask-form__box">
        <label class="visually-hidden" for="prompt">{t("ask.prompt")}</label>
        {/* Spread, since the server's precompiled markup would make an attribute of it, which says nothing there. */}
        <textarea
          ref={field}
          id="prompt"
          name="prompt"
          class="ask-form__text"
          rows={5}
          placeholder={t("ask.placeholder")}
          {...{ value: text }}
          aria-invalid={ariaState(isInvalid)}
          aria-describedby="ask-problem prompt-count"
          onInput={(event) => model.setText(event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && submit(event)}
          onPaste={onPaste}
        />
        <ImageList model={model} images={images} />
        <div class="ask-form__row">
          {canAttach && <ImageButtons images={images} />}
          <CharacterCount model={model} />
          <SendButton model={model} />
        </div>
      </div>
      <AskProblem model={model} />
      <div class="ask-form__choices">
        <KindChoice model={model} />
        <ModelChoice model={model} />
      </div>
      {canAttach && <ImageDrop images={images} />}
    </form>
  );
}

function SendButton({ model }: { model: AskModel }) {
  const { t } = useProjects();
  const keys = `${useIsMac() ? "⌘" : "Ctrl"}+Enter`;
  const sending = model.sending.value;
  return (
    <button
      type="submit"
      class="button button--primary ask-form__send"
      title={t("ask.keys", { keys })}
      aria-disabled={ariaState(sending || model.secondsToWait.value > 0)}
    >
      <Icon name={sending ? "loader-circle" : "hammer"} class={sending ? "spin" : ""} />
      {t(sending ? "ask.sending" : "ask.send")}
    </button>
  );
}
