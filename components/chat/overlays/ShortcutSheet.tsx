import { keyCaps, type Shortcut } from "../../../lib/client/shortcuts.ts";
import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";
import { useIsMac } from "../use_is_mac.ts";
import { Modal } from "./Modal.tsx";

/** Every key that does something on this page. */
export function ShortcutSheet({ shortcuts }: { shortcuts: readonly Shortcut[] }) {
  const { overlay, settings, t } = usePage();
  const isMac = useIsMac();
  const send = settings.values.value.sendWith === "enter" ? "Enter" : "Mod+Enter";
  const newLine = settings.values.value.sendWith === "enter" ? "Shift+Enter" : "Enter";
  const rows = [
    { keys: send, label: t("shortcuts.send") },
    { keys: newLine, label: t("shortcuts.newLine") },
    { keys: "Mod+Enter", label: t("shortcuts.sendAlways") },
    ...shortcuts.map(({ keys, label }) => ({ keys, label: t(label) })),
  ];
  return (
    <Modal label={t("shortcuts.title")} class="modal--sheet">
      <header class="panel__header">
        <h2 class="panel__title">{t("shortcuts.title")}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label={t("close")}
          onClick={() => void (overlay.value = null)}
        >
          <Icon name="x" />
        </button>
      </header>
      <dl class="shortcuts">
        {rows.map(({ keys, label }) => (
          <div key={label} class="shortcuts__row">
            <dt>{label}</dt>
            <dd>{keyCaps(keys, isMac).map((cap) => <kbd key={cap}>{cap}</kbd>)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
