import type { SystemAlert } from "../../lib/shared/mod.ts";

/** The texts of notices, with their placeholders. */
export type NoticeTexts =
  & Readonly<Record<"close" | "title" | SystemAlert["state"], string>>
  & Readonly<Record<Exclude<SystemAlert["figure"], "backup"> | "backup.raised" | "backup.cleared", string>>;

/** Notices of the machine at the page's upper edge; each stays until it is closed. */
export function NoticeList({ alerts, texts, icons, onDismiss }: {
  alerts: readonly SystemAlert[];
  texts: NoticeTexts;
  /** Where the icons are. */
  icons: string;
  onDismiss(alert: SystemAlert): void;
}) {
  return (
    <section class="toasts toasts--top" aria-label={texts.title}>
      <div role="status">
        {alerts.map((alert) => (
          <div
            key={`${alert.figure} ${alert.host}`}
            class={alert.state === "cleared" ? "toast toast--success" : "toast toast--warning"}
          >
            <svg class="icon" aria-hidden="true">
              <use href={`${icons}#${alert.state === "cleared" ? "circle-check" : "triangle-alert"}`} />
            </svg>
            <p class="toast__text">
              {messageOf(alert, texts)}
              <span class="muted">{alert.host}</span>
            </p>
            <button
              type="button"
              class="toast__close"
              aria-label={texts.close}
              onClick={() => onDismiss(alert)}
            >
              <svg class="icon" aria-hidden="true">
                <use href={`${icons}#x`} />
              </svg>
            </button>
          </div>
        ))}
      </div>
    </section>
  );
}

function messageOf({ figure, state, value, above }: SystemAlert, texts: NoticeTexts): string {
  if (figure === "backup") return texts[state === "raised" ? "backup.raised" : "backup.cleared"];
  const values: Record<string, string | number> = { figure: texts[figure], value: Math.round(value), above };
  return texts[state].replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => String(values[name]),
  );
}
