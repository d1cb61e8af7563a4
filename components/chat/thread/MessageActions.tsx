import { useState } from "preact/hooks";
import { copyText } from "../../../lib/client/clipboard.ts";
import type { BranchMessage } from "../../../lib/shared/mod.ts";
import { Icon, type IconName } from "../../Icon.tsx";
import { usePage } from "../context.ts";

/** A small button below a message. */
export function ActionButton({ icon, label, onClick, disabled = false }: {
  icon: IconName;
  label: string;
  onClick: () => void;
  disabled?: boolean;
}) {
  return (
    <button
      type="button"
      class="icon-button icon-button--small"
      title={label}
      aria-label={label}
      onClick={onClick}
      disabled={disabled}
    >
      <Icon name={icon} />
    </button>
  );
}

/** Copies a message's Markdown. */
export function CopyButton({ message }: { message: BranchMessage }) {
  const { t, clock, announcement } = usePage();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    if (!await copyText(message.text)) return;
    setCopied(true);
    announcement.value = t("copied");
    clock.after(1600, () => setCopied(false));
  };
  return (
    <ActionButton icon={copied ? "check" : "copy"} label={t(copied ? "copied" : "copy")} onClick={copy} />
  );
}

/** Deletes a message with what follows it. */
export function DeleteButton({ message }: { message: BranchMessage }) {
  const { t, actions, chat } = usePage();
  return (
    <ActionButton
      icon="trash-2"
      label={t("message.delete")}
      onClick={() => actions.deleteMessage(message)}
      disabled={chat.live.value !== null}
    />
  );
}
