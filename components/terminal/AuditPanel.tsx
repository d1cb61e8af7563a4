import { useState } from "preact/hooks";
import type { TerminalAuditEntry } from "../../lib/shared/terminal/mod.ts";
import { useTerminal } from "./context.ts";

/** Who did what with terminals, when and from where. */
export function AuditPanel(
  { entries: first, names }: { entries: TerminalAuditEntry[]; names: Readonly<Record<string, string>> },
) {
  const { t, api, report, language } = useTerminal();
  const [entries, setEntries] = useState(first);
  const [isWhole, setWhole] = useState(first.length < 50);
  const more = async (isAnew: boolean) => {
    try {
      const page = await api.audit(isAnew ? undefined : entries.at(-1)?.id);
      setEntries(isAnew ? page : [...entries, ...page]);
      setWhole(page.length < 50);
    } catch (error) {
      report(error);
    }
  };
  // Who is alone knows who it was; a profile that was deleted has its id only.
  const whoDid = (who: string) =>
    who === "key" ? t("terminal.audit.key") : names[who] ?? (Object.keys(names).length > 0 ? who : null);
  const time = new Intl.DateTimeFormat(language, {
    dateStyle: "short",
    timeStyle: "medium",
    timeZone: "UTC",
  });
  return (
    <details
      class="terminal-fold terminal-audit"
      onToggle={(event) => event.currentTarget.open && void more(true)}
    >
      <summary class="terminal-fold__summary">
        <h2>{t("terminal.audit")}</h2>
      </summary>
      <div class="terminal-fold__body">
        <p class="field__hint">{t("terminal.audit.hint")}</p>
        <ol class="audit-list">
          {entries.map(({ id, at, type, who, from, agent, detail }) => (
            <li key={id} class={`audit-list__entry audit-list__entry--${type}`}>
              <time dateTime={new Date(at).toISOString()}>{time.format(at)}</time>
              <span>
                {t(`terminal.audit.${type}`)}
                {detail && <code>{detail}</code>}
              </span>
              {from && whoDid(who) && <span>{whoDid(who)}</span>}
              {from && <span class="muted" title={agent}>{t("terminal.audit.from", { from })}</span>}
            </li>
          ))}
        </ol>
        {!isWhole && (
          <button
            type="button"
            class="button button--small needs-script"
            onClick={() => void more(false)}
          >
            {t("terminal.audit.more")}
          </button>
        )}
      </div>
    </details>
  );
}
