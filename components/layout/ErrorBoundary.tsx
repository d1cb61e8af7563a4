import { Component, type ComponentChildren } from "preact";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Icon } from "../Icon.tsx";

interface Props {
  t: Translate;
  children: ComponentChildren;
}

/** Keeps a part of the page that breaks from taking the others with it. */
export class ErrorBoundary extends Component<Props, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };

  static override getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override componentDidCatch(error: unknown): void {
    reportError(error);
  }

  override render({ t, children }: Props) {
    if (this.state.error === undefined) return children;
    return (
      <div class="broken" role="alert">
        <Icon name="triangle-alert" />
        <p>{t("broken.message")}</p>
        <button
          type="button"
          class="button button--small"
          onClick={() => this.setState({ error: undefined })}
        >
          {t("tryAgain")}
        </button>
      </div>
    );
  }
}
