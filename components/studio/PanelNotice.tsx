import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "../Icon.tsx";

/** What a panel says instead of its content; `failure` is announced. */
export function PanelNotice({ icon, title, text, failure = false, children }: {
  icon: IconName;
  title: string;
  text?: string | undefined;
  failure?: boolean;
  children?: ComponentChildren;
}) {
  return (
    <div
      class={failure ? "panel-notice panel-notice--failure" : "panel-notice"}
      role={failure ? "alert" : undefined}
    >
      <Icon name={icon} />
      <h2 class="panel-notice__title">{title}</h2>
      {text && <p class="panel-notice__text">{text}</p>}
      {children}
    </div>
  );
}
