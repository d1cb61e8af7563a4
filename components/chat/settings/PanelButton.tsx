import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";

/** Opens and closes the settings of the chat's answers; `class` says where it stands. */
export function PanelButton({ class: classes = "panel-button" }: { class?: string }) {
  const { layout, t } = usePage();
  return (
    <button
      type="button"
      class={`icon-button ${classes} needs-script`}
      title={t("panel.title")}
      aria-label={t("panel.title")}
      aria-controls="run-settings"
      onClick={() => layout.toggle("panel")}
    >
      <Icon name="sliders-horizontal" />
    </button>
  );
}
