import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";

/** Takes one setting back to its default. */
export function ResetButton({ label, onReset }: { label: string; onReset: () => void }) {
  const { t } = usePage();
  const text = t("panel.resetOne", { label });
  return (
    <button type="button" class="field__reset" title={text} aria-label={text} onClick={onReset}>
      <Icon name="rotate-ccw" />
    </button>
  );
}
