import { useState } from "preact/hooks";
import type { TerminalTab } from "../../lib/client/terminal/terminal_tabs.ts";
import { ariaState } from "../aria.ts";
import { ConfirmDialog } from "../ConfirmDialog.tsx";
import { Icon } from "../Icon.tsx";
import { useTerminal } from "./context.ts";

/** The shells that tell which command they run. */
const TELLING: ReadonlySet<string> = new Set(["bash", "zsh", "fish"]);

/** The same function always, so that it is called once. */
const focus = (input: HTMLInputElement | null) => input?.focus();

/** The tabs, one for each shell, and the way to another one. */
export function TerminalTabBar() {
  const { t, tabs } = useTerminal();
  const [renamed, setRenamed] = useState<string | null>(null);
  const [closed, setClosed] = useState<TerminalTab | null>(null);
  const all = tabs.tabs.value;
  const active = tabs.active;
  return (
    <div class="terminal-tabs">
      <div
        class="terminal-tabs__list"
        {...all.length > 0 && { role: "tablist", "aria-label": t("terminal.tabs") }}
        onKeyDown={(event) => stepByKey(event, (places) => tabs.step(places))}
      >
        {all.map((tab) => <TabButton key={tab.id} tab={tab} isActive={tab === active} />)}
      </div>
      {active && (
        <>
          <button
            type="button"
            class="icon-button"
            aria-label={t("terminal.rename")}
            title={t("terminal.rename")}
            aria-expanded={ariaState(renamed === active.id)}
            onClick={() => setRenamed(renamed === active.id ? null : active.id)}
          >
            <Icon name="pencil" />
          </button>
          <button
            type="button"
            class="icon-button"
            aria-label={t("terminal.close", { name: nameOf(active) })}
            title={t("terminal.close", { name: nameOf(active) })}
            onClick={() => mayBeBusy(active) ? setClosed(active) : void tabs.close(active.id)}
          >
            <Icon name="x" />
          </button>
        </>
      )}
      <button
        type="button"
        class="button button--small needs-script"
        disabled={tabs.isOpening.value}
        onClick={() => void tabs.open()}
      >
        <Icon name="plus" />
        {t("terminal.new")}
      </button>
      {active && renamed === active.id && <RenameField tab={active} onDone={() => setRenamed(null)} />}
      {closed && <CloseDialog tab={closed} onDone={() => setClosed(null)} />}
    </div>
  );
}

/** Closing ends what runs in the terminal. */
function CloseDialog({ tab, onDone }: { tab: TerminalTab; onDone: () => void }) {
  const { t, tabs } = useTerminal();
  const { command } = tab.session.value;
  return (
    <ConfirmDialog
      title={t("terminal.closeTitle", { name: nameOf(tab) })}
      text={command === undefined ? t("terminal.closeUnknown") : t("terminal.closeRunning", { command })}
      confirm={t("terminal.closeConfirm")}
      cancel={t("cancel")}
      cancelHref="/terminal"
      action="/terminal"
      fields={{}}
      onCancel={onDone}
      onConfirm={() => {
        onDone();
        void tabs.close(tab.id);
      }}
    />
  );
}

function TabButton({ tab, isActive }: { tab: TerminalTab; isActive: boolean }) {
  const { tabs } = useTerminal();
  const { id } = tab;
  const hasEnded = tab.link.end.value !== null;
  return (
    <button
      type="button"
      role="tab"
      id={`terminal-tab-${id}`}
      class={hasEnded ? "terminal-tab terminal-tab--ended" : "terminal-tab"}
      aria-selected={ariaState(isActive)}
      aria-controls={`terminal-window-${id}`}
      tabIndex={isActive ? 0 : -1}
      onClick={() => tabs.activate(id)}
    >
      <Icon name="terminal" />
      <span class="terminal-tab__name">{nameOf(tab)}</span>
    </button>
  );
}

function RenameField({ tab, onDone }: { tab: TerminalTab; onDone: () => void }) {
  const { t, tabs } = useTerminal();
  return (
    <form
      class="terminal-tabs__rename"
      onSubmit={(event) => {
        event.preventDefault();
        const title = String(new FormData(event.currentTarget).get("title") ?? "");
        void tabs.rename(tab.id, title).then(onDone);
      }}
      onKeyDown={(event) => event.key === "Escape" && onDone()}
    >
      <label class="visually-hidden" for="terminal-title">{t("terminal.name")}</label>
      <input
        id="terminal-title"
        name="title"
        class="field__control"
        maxLength={100}
        defaultValue={tab.session.peek().title}
        placeholder={t("terminal.name")}
        ref={focus}
      />
      <button type="submit" class="button button--small">{t("terminal.rename.save")}</button>
    </form>
  );
}

/** Whether something may run in it besides the shell; some shells do not tell. */
function mayBeBusy({ session, link }: TerminalTab): boolean {
  const { command, shell } = session.peek();
  return link.end.peek() === null && (command !== undefined || !TELLING.has(shell));
}

/** What a tab is called: by its title, else by what runs in it, else by its shell. */
export function nameOf({ session }: TerminalTab): string {
  const { title, command, shell } = session.value;
  return title || command || shell;
}

function stepByKey(event: KeyboardEvent, step: (places: number) => void): void {
  const places = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (places === 0) return;
  event.preventDefault();
  step(places);
  const list = event.currentTarget as HTMLElement;
  queueMicrotask(() => list.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
}
