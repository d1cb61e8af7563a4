import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { fillSnippet, snippetFields } from "../../lib/shared/terminal/mod.ts";
import { ariaState } from "../aria.ts";
import { Icon } from "../Icon.tsx";
import { useTerminal } from "./context.ts";

/** The same function always, so that it is called once. */
const select = (input: HTMLInputElement | null) => input?.select();

/** A command to be typed into the terminal that is shown: at once, or after what it asks for was filled in. */
export function CommandRow({ id, command, text, hasFields = false, children }: {
  /** Unique on the page. */
  id: string;
  command: string;
  /** What it does. */
  text?: string;
  /** Whether `{names}` in it are asked for; in a command that was given they are what they are. */
  hasFields?: boolean;
  /** What else can be done with it. */
  children?: ComponentChildren;
}) {
  const { t, typist } = useTerminal();
  const [isAsking, setAsking] = useState(false);
  const fields = hasFields ? snippetFields(command) : [];
  const insert = (command: string, run: boolean) => {
    setAsking(false);
    typist.value?.insert(command, run);
  };
  return (
    <li class="command-row">
      <div class="command-row__line">
        <button
          type="button"
          class="command-row__command"
          disabled={typist.value === null}
          title={t(fields.length > 0 ? "terminal.fillIn" : "terminal.insertOnly")}
          aria-expanded={fields.length > 0 ? ariaState(isAsking) : undefined}
          onClick={() => fields.length > 0 ? setAsking(!isAsking) : insert(command, false)}
        >
          <code>{command.replaceAll(/(\{[a-z][\w-]*):[^{}]*\}/gi, "$1}")}</code>
          {text && <span class="command-row__text">{text}</span>}
        </button>
        {children}
      </div>
      {isAsking && (
        <form
          class="command-row__form"
          onSubmit={(event) => {
            event.preventDefault();
            const form = new FormData(event.currentTarget);
            const values = Object.fromEntries(
              fields.map(({ name }) => [name, String(form.get(name) ?? "").trim()]),
            );
            const button = event.submitter as HTMLButtonElement | null;
            insert(fillSnippet(command, values), button?.value === "run");
          }}
        >
          {fields.map(({ name, suggestion }, i) => (
            <div class="field" key={name}>
              <label class="field__label" for={`${id}-${name}`}>{name}</label>
              <input
                id={`${id}-${name}`}
                name={name}
                class="field__control"
                required
                maxLength={1000}
                defaultValue={suggestion}
                autocomplete="off"
                autocapitalize="off"
                spellcheck={false}
                ref={i === 0 ? select : null}
              />
            </div>
          ))}
          <div class="command-row__buttons">
            <button type="submit" class="button button--small button--primary" value="run">
              <Icon name="play" />
              {t("terminal.run")}
            </button>
            <button type="submit" class="button button--small" value="insert">
              {t("terminal.insertOnly")}
            </button>
          </div>
        </form>
      )}
    </li>
  );
}
