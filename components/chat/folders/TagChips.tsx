import type { Chat } from "../../../lib/shared/mod.ts";
import { usePage } from "../context.ts";

/** The tags of a chat. */
export function TagChips({ chat }: { chat: Chat }) {
  const { tags, t } = usePage();
  const own = chat.tagIds && tags.value.filter(({ id }) => chat.tagIds?.includes(id));
  if (!own?.length) return null;
  return (
    <span class="tags" role="list" aria-label={t("tags")}>
      {own.map(({ id, name }) => <span key={id} role="listitem" class="tag truncate">{name}</span>)}
    </span>
  );
}
