import { ariaState } from "../aria.ts";
import { Icon } from "../Icon.tsx";
import { useTerminal } from "./context.ts";

/** Keeps a command at hand, or no longer. */
export function FavouriteButton({ command }: { command: string }) {
  const { t, book } = useTerminal();
  return (
    <button
      type="button"
      class="icon-button icon-button--small"
      aria-pressed={ariaState(book.isFavourite(command))}
      aria-label={t("terminal.favourite.toggle", { command })}
      title={t("terminal.favourite.keep")}
      onClick={() => void book.toggleFavourite(command)}
    >
      <Icon name="star" />
    </button>
  );
}
