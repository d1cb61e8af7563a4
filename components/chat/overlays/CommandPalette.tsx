import { ariaState } from "../../aria.ts";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Command, findCommands, pageCommands } from "../commands.ts";
import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";
import { Modal } from "./Modal.tsx";

/** Everything that can be done, by typing a part of its name: commands, chats, models, themes. */
export function CommandPalette() {
  const model = usePage();
  const { overlay, t } = model;
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const commands = useMemo(() => pageCommands(model), []);
  const found = useMemo(() => findCommands(commands, query), [query]);
  useEffect(() => {
    list.current?.querySelector(`#command-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [active]);
  const run = (command: Command | undefined) => {
    if (!command) return;
    overlay.value = null;
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setActive((active + step + found.length) % Math.max(found.length, 1));
    else if (event.key === "Enter") run(found[active]);
    else return;
    event.preventDefault();
  };
  return (
    <Modal label={t("palette.title")} class="modal--palette">
      <div class="model-search">
        <Icon name="search" />
        <input
          type="text"
          role="combobox"
          autocomplete="off"
          aria-expanded
          aria-controls="commands"
          aria-activedescendant={found.length > 0 ? `command-${active}` : undefined}
          aria-label={t("palette.placeholder")}
          placeholder={t("palette.placeholder")}
          value={query}
          onInput={(event) => {
            setQuery(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
        <kbd>Esc</kbd>
      </div>
      <ul
        ref={list}
        id="commands"
        class="palette"
        role="listbox"
        aria-label={t("palette.title")}
        hidden={found.length === 0}
      >
        {found.map((command, at) => (
          <li
            key={command.id}
            id={`command-${at}`}
            class={at === active ? "palette__item palette__item--active" : "palette__item"}
            role="option"
            aria-selected={ariaState(at === active)}
            onClick={() => run(command)}
            onMouseMove={() => at !== active && setActive(at)}
          >
            <Icon name={command.icon} />
            <span class="truncate">{command.label}</span>
            <span class="palette__kind">{command.kind}</span>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="sidebar__empty" role="status">{t("palette.none")}</p>}
    </Modal>
  );
}
