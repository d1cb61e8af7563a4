import { ariaState } from "../../aria.ts";
import { Icon, type IconName } from "../../Icon.tsx";
import { useConfig } from "./context.ts";

/** Something that is done with a model; it waits while another thing is under way. */
export function ConfigButton({ icon, label, isPrimary = false, onClick }: {
  icon: IconName;
  label: string;
  isPrimary?: boolean;
  onClick: () => void;
}) {
  const { model } = useConfig();
  return (
    <button
      type="button"
      class={isPrimary ? "button button--small button--primary" : "button button--small"}
      aria-disabled={ariaState(model.busy.value !== null)}
      onClick={onClick}
    >
      <Icon name={icon} />
      {label}
    </button>
  );
}
