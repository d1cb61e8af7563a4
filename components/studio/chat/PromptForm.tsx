import { useEffect, useRef } from "preact/hooks";
import { formatCount } from "../../../lib/client/format.ts";
import { PROJECT_LIMITS } from "../../../lib/shared/mod.ts";
import { ariaState } from "../../aria.ts";
import { useGrowingField } from "../../chat/use_growing_field.ts";
import { useLazy } from "../../chat/use_lazy.ts";
import { FilePick } from "../../FilePick.tsx";
import { Icon } from "../../Icon.tsx";
import { useProject } from "../context.ts";
import { PromptStatus } from "./PromptStatus.tsx";

const IMAGES = "image/png,image/jpeg,image/webp,image/gif";

/** Where the next version is asked for. */
export function PromptForm() {
  const model = useProject();
  const { prompt, images, isBusy, layout, data, t } = model;
  const field = useRef<HTMLTextAreaElement>(null);
  const text = prompt.text.value;
  const isInvalid = prompt.isTooLong.value || prompt.problem.value !== null;
  useGrowingField(field, text);
  const focusWish = prompt.wantsFocus.value;
  useEffect(() => {
    if (focusWish === 0) return;
    layout.showChat(true);
    const element = field.current;
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
  }, [focusWish]);
  const Chips = useLazy(
    images.files.value.length > 0,
    () => import("./ImageChips.tsx").then((module) => module.ImageChips),
  );
  const submit = (event: Event) => {
    event.preventDefault();
    prompt.send(model.clock.now()).catch((error) => model.report(error));
  };
  const addImages = (files: Iterable<File>) => {
    const chosen = Array.from(files).filter(({ type }) => type.startsWith("image/"));
    const room = PROJECT_LIMITS.images - images.files.peek().length;
    images.add(chosen.slice(0, room)).catch((error) => model.report(error));
    return chosen.length > 0;
  };
  return (
    <form
      class={isInvalid ? "prompt composer--invalid" : "prompt"}
      method="post"
      action={`/projects/${model.project.value.id}`}
      onSubmit={submit}
    >
      <PromptStatus />
      <div class="composer__box">
        {Chips && <Chips />}
        <label class="visually-hidden" for="prompt-text">{t("studio.prompt")}</label>
        <textarea
          ref={field}
          id="prompt-text"
          name="text"
          class="composer__text prompt__text"
          rows={1}
          placeholder={t(isBusy.value ? "studio.promptQueue" : "studio.promptNext")}
          value={text}
          aria-invalid={ariaState(isInvalid)}
          aria-describedby="prompt-count prompt-problem"
          onInput={(event) => prompt.setText(event.currentTarget.value)}
          onKeyDown={(event) => isSendKey(event, model.settings.value.sendWith) && submit(event)}
          onPaste={(event) => addImages(event.clipboardData?.files ?? []) && event.preventDefault()}
        />
        <div class="composer__row">
          {data.features.attachments && (
            <FilePick label={t("studio.addImages")} icon="image" accept={IMAGES} onChoose={addImages} />
          )}
          <ModelSelect />
          <span class="composer__space" />
          <span
            id="prompt-count"
            class={prompt.isTooLong.value ? "prompt__count prompt__count--over" : "prompt__count"}
          >
            {t("studio.characters", {
              count: formatCount(text.length, data.language),
              most: formatCount(PROJECT_LIMITS.promptChars, data.language),
            })}
          </span>
          <SendButtons />
        </div>
      </div>
      <div id="prompt-problem" role="alert">
        {prompt.problem.value && (
          <p class="composer__problem">
            <Icon name="circle-alert" />
            <span>
              {prompt.problem.value.message}
              {prompt.problem.value.hint && <span class="muted">. {prompt.problem.value.hint}</span>}
            </span>
          </p>
        )}
      </div>
    </form>
  );
}

function SendButtons() {
  const { prompt, isBusy, branchLive, actions, t } = useProject();
  const label = t(isBusy.value ? "studio.enqueue" : "send");
  return (
    <>
      {branchLive.value && (
        <button
          type="button"
          class="composer__send composer__send--stop"
          title={t("studio.stop")}
          aria-label={t("studio.stop")}
          onClick={() => actions.stop()}
        >
          <Icon name="square" />
        </button>
      )}
      <button
        type="submit"
        class={prompt.canSend.value ? "composer__send composer__send--ready" : "composer__send"}
        title={label}
        aria-label={label}
      >
        <Icon name={isBusy.value ? "list-plus" : "arrow-up"} />
      </button>
    </>
  );
}

/** The model that is asked for this project. */
function ModelSelect() {
  const { project, actions, data, t } = useProject();
  const chosen = project.value.model ?? data.defaultModel;
  const isGone = !data.models.some(({ id }) => id === chosen);
  return (
    <select
      class="prompt__model needs-script"
      aria-label={t("studio.chooseModel")}
      title={t("studio.chooseModel")}
      value={chosen}
      onChange={(event) => actions.chooseModel(event.currentTarget.value)}
    >
      {isGone && <option value={chosen}>{chosen}</option>}
      {data.models.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
    </select>
  );
}

/** Whether a key press sends. Enter breaks the line on touch keyboards, and while an input method composes a character. */
function isSendKey(event: KeyboardEvent, sendWith: "enter" | "ctrl-enter"): boolean {
  if (event.key !== "Enter" || event.isComposing || event.shiftKey) return false;
  if (event.ctrlKey || event.metaKey) return true;
  return sendWith === "enter" && !event.altKey && matchMedia("(pointer: fine)").matches;
}
