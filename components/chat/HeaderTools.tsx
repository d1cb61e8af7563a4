import { Icon } from "../Icon.tsx";
import { usePage } from "./context.ts";
import { PanelButton } from "./settings/PanelButton.tsx";
import { useIsMac } from "./use_is_mac.ts";

/** The header's buttons of the chat page. */
export function HeaderTools() {
  const { overlay, t } = usePage();
  const keys = `${useIsMac() ? "⌘" : "Ctrl"} K`;
  return (
    <>
      <button
        type="button"
        class="header__search needs-script"
        aria-label={`${t("palette.open")} ${keys}`}
        onClick={() => void (overlay.value = "palette")}
      >
        <Icon name="search" />
        <span>{t("palette.open")}</span> <kbd>{keys}</kbd>
      </button>
      <button
        type="button"
        class="icon-button header__keys needs-script"
        title={`${t("shortcuts.title")} (?)`}
        aria-label={t("shortcuts.title")}
        onClick={() => void (overlay.value = "shortcuts")}
      >
        <Icon name="keyboard" />
      </button>
      <PanelButton class="header__panel-toggle" />
    </>
  );
}

/** The button that shows and hides the chats, at the header's beginning. */
export function SidebarToggle() {
  const { layout, t } = usePage();
  return (
    <a
      class="icon-button"
      href="#sidebar"
      role="button"
      title={t("chats")}
      aria-label={t("chats.toggle")}
      aria-controls="sidebar"
      onClick={(event) => {
        event.preventDefault();
        layout.toggle("sidebar");
      }}
    >
      <Icon name="panel-left" />
    </a>
  );
}
