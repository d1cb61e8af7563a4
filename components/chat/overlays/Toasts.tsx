import { ToastList } from "../../ToastList.tsx";
import { usePage } from "../context.ts";

/** The chat page's short messages. */
export function Toasts() {
  const { toasts, t } = usePage();
  return <ToastList toasts={toasts} t={t} />;
}
