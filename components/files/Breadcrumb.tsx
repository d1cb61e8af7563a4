import { Fragment } from "preact";
import { filesHref } from "../../lib/client/files/addresses.ts";
import { Icon } from "../Icon.tsx";
import { useFolder } from "./context.ts";
import { droppedNames, takesNames } from "./entry_drag.ts";
import { isPlainClick } from "./plain_click.ts";

/** The way from the added folder to this one; the last step is the title of the page. */
export function Breadcrumb() {
  const model = useFolder();
  const { folder, folderName, t } = model;
  const parts = folder.path.value === "" ? [] : folder.path.value.split("/");
  const steps = [folderName, ...parts].map((name, i) => ({ name, path: parts.slice(0, i).join("/") }));
  return (
    <nav class="breadcrumb" aria-label={t("filesPage.breadcrumb")}>
      {steps.map(({ name, path }, i) => (
        <Fragment key={path}>
          {i > 0 && <Icon name="chevron-right" />}
          {i === steps.length - 1
            ? <h1 id="folder-title" class="truncate" aria-current="page">{name}</h1>
            : (
              <a
                class="breadcrumb__step truncate"
                href={filesHref({ folderId: folder.folderId, path })}
                onClick={(event) => {
                  if (!isPlainClick(event)) return;
                  event.preventDefault();
                  model.goTo(path);
                }}
                onDragOver={takesNames}
                onDrop={(event) => {
                  const names = droppedNames(event);
                  if (names) void model.move(names, folder.folderId, path);
                }}
              >
                {name}
              </a>
            )}
        </Fragment>
      ))}
    </nav>
  );
}
