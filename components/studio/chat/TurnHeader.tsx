import { formatMoment, formatTime } from "../../../lib/client/format.ts";
import type { LiveVersion } from "../../../lib/client/studio/live_version.ts";
import type { Version } from "../../../lib/shared/mod.ts";
import { CopyButton } from "../../CopyButton.tsx";
import { Icon } from "../../Icon.tsx";
import { Logo } from "../../Logo.tsx";
import { useProject } from "../context.ts";

/** Whether a model was asked for a version, or a person made it by hand. */
export function isAsked({ origin }: Version): boolean {
  return origin === "prompt" || origin === "retry";
}

/** Who answers in a turn, and when. */
export function TurnHeader({ version, live }: { version: Version; live?: LiveVersion }) {
  const { data, t } = useProject();
  const at = version.endedAt ?? version.createdAt;
  const name = isAsked(version)
    ? live?.model.value ?? version.model ?? t("studio.model")
    : t(`studio.origin.${version.origin}`);
  return (
    <header class="turn__header">
      <span class={live ? "avatar avatar--model avatar--live" : "avatar avatar--model"} aria-hidden="true">
        {isAsked(version) ? <Logo /> : <Icon name="pen-line" />}
      </span>
      <span class="turn__author">{name}</span>
      <time
        class="message__time"
        dateTime={new Date(at).toISOString()}
        title={formatMoment(at, data.language)}
      >
        {formatTime(at, data.language)}
      </time>
      {!live && version.answer !== "" && (
        <CopyButton
          text={version.answer}
          label={t("studio.copyAnswer")}
          copied={t("copied")}
          failed={t("studio.notCopied")}
          class="icon-button--small turn__copy"
        />
      )}
    </header>
  );
}
