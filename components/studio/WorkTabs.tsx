import type { WorkTab } from "../../lib/client/studio/workspace_layout.ts";
import { ariaState } from "../aria.ts";
import { Icon, type IconName } from "../Icon.tsx";
import { useProject } from "./context.ts";

const TABS: readonly { id: WorkTab; icon: IconName }[] = [
  { id: "code", icon: "code" },
  { id: "preview", icon: "app-window" },
  { id: "run", icon: "terminal" },
  { id: "diff", icon: "git-compare" },
];

/** What stands beside the chat, as tabs; on tablets the chat is one of them. */
export function WorkTabs() {
  const { layout, project, t } = useProject();
  const { kinds } = project.value;
  const shown = TABS.filter(({ id }) =>
    (id !== "preview" || kinds.includes("ui")) && (id !== "run" || kinds.includes("api"))
  );
  const isChat = layout.chatShown.value;
  const current = (id: WorkTab) => layout.tab.value === id;
  return (
    <div class="work-tabs needs-script" role="tablist" aria-label={t("studio.tabs")} onKeyDown={moveFocus}>
      <button
        type="button"
        role="tab"
        id="tab-chat"
        class="work-tab work-tab--chat"
        aria-selected={ariaState(isChat)}
        aria-controls="studio-chat"
        tabIndex={isChat ? 0 : -1}
        onClick={() =>
          layout.showChat(true)}
      >
        <Icon name="message-square" />
        <span>{t("studio.tab.chat")}</span>
      </button>
      {shown.map(({ id, icon }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`tab-${id}`}
          class="work-tab"
          data-current={current(id) ? "true" : "false"}
          aria-selected={ariaState(current(id) && !isChat)}
          aria-controls="studio-work"
          tabIndex={current(id) && !isChat ? 0 : -1}
          onClick={() => layout.show(id)}
        >
          <Icon name={icon} />
          <span>{t(`studio.tab.${id}`)}</span>
        </button>
      ))}
    </div>
  );
}

function moveFocus(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const tabs = Array.from(event.currentTarget.querySelectorAll<HTMLElement>("[role=tab]"))
    .filter((tab) => tab.offsetParent !== null);
  const at = tabs.findIndex((tab) => tab === document.activeElement);
  const next = tabs[(at + step + tabs.length) % tabs.length];
  next?.focus();
  next?.click();
}
