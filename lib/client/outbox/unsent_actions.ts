import type { PageModel } from "../page_model.ts";
import type { UnsentMessage } from "./unsent_message.ts";

/** What can be done to a message that waits to be sent. None of it happens to one that is being sent right now. */
export class UnsentActions {
  readonly #page: PageModel;

  constructor(page: PageModel) {
    this.#page = page;
  }

  /** Takes it back to where it was written: the composer, or the editor of the message that it was to replace. */
  async edit(message: UnsentMessage): Promise<void> {
    const { chat, composer, editing, editedText } = this.#page;
    const { parentId, text } = message.body;
    if (!await this.#page.turns.take(message)) return;
    const { messages } = chat.branch.peek();
    const edited = parentId === undefined ? undefined : messages.find((one) => one.parentId === parentId);
    if (edited) {
      editedText.value = { id: edited.id, text };
      editing.value = edited.id;
      return;
    }
    composer.takeBack(text, message.attachments ?? []);
    document.getElementById("composer-text")?.focus();
  }

  /** Takes it away; it can be brought back. */
  async delete(message: UnsentMessage): Promise<void> {
    const { toasts, t } = this.#page;
    if (!await this.#page.turns.take(message)) return;
    toasts.show({
      kind: "info",
      message: t("unsent.deleted"),
      action: { label: t("undo"), run: () => this.#sendAgain(message) },
    });
  }

  /** Tries one again that was refused. */
  retry(message: UnsentMessage): void {
    const { error: _, triedAt: __, ...again } = message;
    this.#sendAgain(again);
  }

  #sendAgain(message: UnsentMessage): void {
    this.#page.outbox.put(message);
    this.#page.deliver();
  }
}
