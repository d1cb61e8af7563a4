import { ariaState } from "../../aria.ts";
import { useId, useRef, useState } from "preact/hooks";
import { placePopover } from "../../../lib/client/popover.ts";
import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";
import { useLazy } from "../use_lazy.ts";

/** Shows the model that answers, and opens the list to choose another. */
export function ModelPicker({ class: extra }: { class: string }) {
  const { modelEntry, modelId, runSettings, t } = usePage();
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const popover = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const ModelList = useLazy(open, async () => (await import("./ModelList.tsx")).ModelList);
  const name = modelEntry.value?.name ?? modelId.value;
  const node = modelEntry.value?.nodes.find((node) => node.id === runSettings.values.value.nodeId);
  const place = () => {
    if (popover.current && button.current) placePopover(popover.current, button.current);
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class={`model-picker ${extra}`}
        aria-haspopup="dialog"
        aria-expanded={ariaState(open)}
        aria-label={t("modelPicker.choose", { model: name || t("modelPicker.none") })}
        popovertarget={id}
      >
        <span class="truncate">{name || t("modelPicker.none")}</span>
        {node && <span class="badge truncate">{node.name}</span>}
        <Icon name="chevron-down" />
      </button>
      <div
        ref={popover}
        id={id}
        class="popover model-popover"
        popover="auto"
        role="dialog"
        aria-label={t("modelPicker.title")}
        onBeforeToggle={(event) => event.newState === "open" && setOpen(true)}
        onToggle={(event) => {
          // The list goes only now: from a field that is gone the browser could not give the focus back.
          if (event.newState === "closed") setOpen(false);
          place();
        }}
      >
        {open && ModelList && <ModelList onPlace={place} onDone={() => popover.current?.hidePopover()} />}
      </div>
    </>
  );
}
