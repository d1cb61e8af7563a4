import { useState } from "preact/hooks";
import { ariaState } from "../aria.ts";
import { Icon } from "../Icon.tsx";
import { useModels } from "./context.ts";
import { HolderForm } from "./HolderForm.tsx";

/** Gives a model a second name on its node. */
export function CopyForm({ model, nodeId }: { model: string; nodeId: string }) {
  const { open, toasts, t } = useModels();
  const [name, setName] = useState("");
  const at = { nodeId, model };
  const copy = async () => {
    if (name.trim() === "" || !await open.copy(at, name.trim())) return;
    toasts.show({ kind: "success", message: t("models.done.copy", { model, name: name.trim() }) });
    setName("");
  };
  return (
    <HolderForm at={at} intent="copy" class="model-holder__copy" run={() => void copy()}>
      <input
        type="text"
        name="name"
        class="field__control"
        aria-label={t("models.copyName")}
        placeholder={t("models.copyName")}
        maxLength={300}
        required
        autocomplete="off"
        spellcheck={false}
        value={name}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <button
        type="submit"
        class="button button--small"
        aria-disabled={ariaState(open.busy.value !== null)}
      >
        <Icon name="copy" />
        {t("models.copy")}
      </button>
    </HolderForm>
  );
}
