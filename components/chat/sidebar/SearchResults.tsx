import type { ChatSearchHit } from "../../../lib/shared/mod.ts";
import { usePage } from "../context.ts";

/** What the search found, in titles and texts. */
export function SearchResults() {
  const { search, t } = usePage();
  const hits = search.hits.value;
  if (search.failed.value) return <p class="sidebar__empty" role="alert">{t("search.failed")}</p>;
  if (!hits) {
    return (
      <div class="sidebar__loading" role="status" aria-label={t("search.searching")}>
        <span class="skeleton" />
        <span class="skeleton" />
        <span class="skeleton" />
      </div>
    );
  }
  return (
    <>
      <p class="sidebar__heading" role="status">
        {hits.length === 0 ? t("search.none") : t("search.found", { count: hits.length })}
      </p>
      <ul class="chat-list">
        {hits.map((hit) => (
          <li key={`${hit.chat.id}${hit.messageId ?? ""}`} class="chat-item">
            <a class="hit" href={hrefOf(hit)}>
              <span class="hit__title truncate">{hit.chat.title || t("chats.untitled")}</span>
              {hit.messageId && <Excerpt text={hit.excerpt} query={search.query.value} />}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

function hrefOf({ chat, messageId }: ChatSearchHit): string {
  return messageId ? `/chat/${chat.id}?message=${messageId}` : `/chat/${chat.id}`;
}

function Excerpt({ text, query }: { text: string; query: string }) {
  const words = query.trim().split(/\s+/).map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const parts = text.split(new RegExp(`(${words.join("|")})`, "i"));
  return (
    <span class="hit__excerpt">
      {parts.map((part, i) => i % 2 === 1 ? <mark key={i}>{part}</mark> : part)}
    </span>
  );
}
