import { contentHref, filesHref } from "../../lib/client/files/addresses.ts";
import { formatBytes, formatDay } from "../../lib/client/format.ts";
import type { FileEntry } from "../../lib/shared/mod.ts";
import { ariaState } from "../aria.ts";
import { Icon } from "../Icon.tsx";
import { useFolder } from "./context.ts";
import { dragNames, droppedNames, takesNames } from "./entry_drag.ts";
import { canOpen, entryIcon, entryRemark, kindWord } from "./entry_words.ts";
import { isPlainClick } from "./plain_click.ts";

/** Larger pictures are not loaded only to be shown small. */
const THUMBNAIL_MAX_BYTES = 4_000_000;

/** One entry: its name leads to it, anything else of it chooses it. */
export function FileRow({ entry, index }: { entry: FileEntry; index: number }) {
  const model = useFolder();
  const { folder, language, t } = model;
  const { selection, folderId } = folder;
  const { name, kind, size, modifiedAt } = entry;
  const isChosen = selection.chosen.value.has(name);
  const path = folder.pathOf(name);
  const remark = entryRemark(entry);
  const isFolder = kind === "folder" && canOpen(entry);
  const href = !canOpen(entry)
    ? undefined
    : filesHref(isFolder ? { folderId, path } : { folderId, path: folder.path.value, show: name });
  const tabIndex = selection.focused.value === name ? 0 : -1;
  const isThumbnail = folder.look.value === "tiles" && entry.preview === "image" &&
    size < THUMBNAIL_MAX_BYTES &&
    canOpen(entry);
  return (
    <div
      role="row"
      class={`file-row${isChosen ? " file-row--chosen" : ""}${remark ? " file-row--remarked" : ""}`}
      data-name={name}
      aria-rowindex={index + 2}
      aria-selected={ariaState(isChosen)}
      draggable={!entry.unusable}
      onDragStart={(event) => {
        dragNames(event, isChosen ? folder.chosen.peek().map((each) => each.name) : [name]);
      }}
      {...(isFolder
        ? {
          onDragOver: takesNames,
          onDrop: (event: DragEvent) => {
            const names = droppedNames(event)?.filter((each) => each !== name);
            if (names?.length) void model.move(names, folderId, path);
          },
        }
        : {})}
      onClick={(event) => {
        const isLink = event.target instanceof Element && event.target.closest("a") !== null;
        if (isLink && isPlainClick(event)) {
          event.preventDefault();
          selection.focus(name);
          model.open(entry);
          return;
        }
        if (isLink && !event.shiftKey && !event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        selection.choose(name, { toggle: event.ctrlKey || event.metaKey, range: event.shiftKey });
      }}
      onDblClick={() => model.open(entry)}
      onFocusIn={() => selection.focus(name)}
    >
      <div role="gridcell" class="file-row__main">
        <input
          type="checkbox"
          class="file-row__check needs-script"
          tabIndex={-1}
          aria-label={name}
          checked={isChosen}
          onClick={(event) => {
            event.stopPropagation();
            selection.choose(name, event.shiftKey ? { range: true } : { toggle: true });
          }}
        />
        {isThumbnail
          ? <img class="file-row__picture" src={contentHref(folderId, path, true)} alt="" loading="lazy" />
          : <Icon name={entryIcon(entry)} class={`file-row__icon file-row__icon--${kind}`} />}
        {href === undefined
          ? <span class="file-row__name truncate" tabIndex={tabIndex}>{name}</span>
          : (
            <a class="file-row__name truncate" href={href} tabIndex={tabIndex} title={name} draggable={false}>
              {name}
            </a>
          )}
        {remark && <span class={`badge${entry.link === "inside" ? "" : " badge--warning"}`}>{t(remark)}
        </span>}
      </div>
      <div role="gridcell" class="file-row__size">
        {kind === "file"
          ? formatBytes(size, language)
          : <span class="visually-hidden">{t(kindWord(kind))}</span>}
      </div>
      <div role="gridcell" class="file-row__time">{modifiedAt > 0 && formatDay(modifiedAt, language)}</div>
    </div>
  );
}
