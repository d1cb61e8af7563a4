import type { SystemAlert } from "../../shared/mod.ts";
import type { Translate } from "../../shared/texts/mod.ts";
import type { Toast } from "../toasts.ts";

/** What a person is told when the machine passes a threshold, or comes back. */
export function alertToast(
  { figure, state, value, above, host }: SystemAlert,
  t: Translate,
): Omit<Toast, "id"> {
  const values = { figure: t(`alert.${figure}`), value: Math.round(value), above };
  return {
    kind: state === "raised" ? "warning" : "success",
    message: t(`alert.${state}`, values),
    hint: host,
  };
}
