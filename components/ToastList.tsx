import type { Toast, Toasts } from "../lib/client/toasts.ts";
import type { Translate } from "../lib/shared/texts/mod.ts";
import { Icon, type IconName } from "./Icon.tsx";

const ICONS: Record<Toast["kind"], IconName> = {
  info: "info",
  success: "circle-check",
  warning: "triangle-alert",
  error: "circle-alert",
};

/** Short messages at the page's lower edge; errors are alerts, the others wait for their turn to be read out. */
export function ToastList({ toasts, t }: { toasts: Toasts; t: Translate }) {
  const list = toasts.list.value;
  const isError = (toast: Toast) => toast.kind === "error";
  const item = (toast: Toast) => <Item key={toast.id} toast={toast} toasts={toasts} t={t} />;
  return (
    <section class="toasts" aria-label={t("toasts")}>
      <div role="alert">{list.filter(isError).map(item)}</div>
      <div role="status">{list.filter((toast) => !isError(toast)).map(item)}</div>
    </section>
  );
}

function Item({ toast, toasts, t }: { toast: Toast; toasts: Toasts; t: Translate }) {
  const act = () => {
    toast.action?.run();
    toasts.dismiss(toast.id);
  };
  return (
    <div
      class={`toast toast--${toast.kind}`}
      onMouseEnter={() => toasts.hold(toast.id)}
      onMouseLeave={() => toasts.resume(toast.id)}
      onFocusIn={() => toasts.hold(toast.id)}
      onFocusOut={() => toasts.resume(toast.id)}
    >
      <Icon name={ICONS[toast.kind]} />
      <p class="toast__text">
        {toast.message}
        {toast.hint && <span class="muted">{toast.hint}</span>}
      </p>
      {toast.action && <button type="button" class="toast__action" onClick={act}>{toast.action.label}
      </button>}
      <button
        type="button"
        class="toast__close"
        aria-label={t("close")}
        onClick={() => toasts.dismiss(toast.id)}
      >
        <Icon name="x" />
      </button>
    </div>
  );
}
