import { byId, element } from "../dom.ts";
import { arranged, type Arrangement } from "./arrange.ts";
import { openForm } from "./entry_form.ts";
import { entryTable, nameOf } from "./entry_list.ts";
import { type Entry, type Resource, resources } from "./resources.ts";
import { source } from "./source.ts";
// #if !both
//: import { isLasting } from "../storage.ts";
// #end
// #if themeToggle
import { startThemeSwitch } from "../theme_switch.ts";
// #end
import { toast } from "./toast.ts";

const main = byId("main", HTMLElement);
const tabs = byId("tabs", HTMLElement);

/** Shows a kind of entry: its toolbar once, and its list anew whenever something changes. */
function open(resource: Resource): void {
  const arrangement: Arrangement = { search: "", sort: "", filters: {} };
  const count = element("p", { class: "count", role: "status" });
  const list = element("div", { class: "card" });
  let entries: Entry[] = [];

  const show = () => {
    const wanted = arranged(resource, entries, arrangement);
    const all = `${entries.length} ${entries.length === 1 ? resource.one : resource.many}`;
    count.textContent = wanted.length === entries.length ? all : `${wanted.length} of ${all}`;
    const empty = entries.length === 0 ? `No ${resource.many} yet.` : "Nothing fits the search.";
    list.replaceChildren(
      wanted.length > 0 ? entryTable(resource, wanted, actions) : element("p", { class: "empty" }, empty),
    );
  };
  const reload = async () => {
    try {
      entries = await source.list(resource);
      show();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      list.replaceChildren(element("p", { class: "problem-bar", role: "alert" }, `${message}.`));
    }
  };
  const attempt = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error));
    }
    await reload();
  };
  const actions = {
    change: (entry: Entry) =>
      openForm(resource, entry, async (values) => {
        await source.update(resource, { ...entry, values });
        await reload();
      }),
    remove: (entry: Entry) =>
      void attempt(async () => {
        await source.remove(resource, entry);
        toast(`Deleted ${nameOf(resource, entry)}`, () =>
          void attempt(() => source.create(resource, entry.values)));
      }),
    set: (entry: Entry, field: { name: string }, value: boolean | number | string | string[]) =>
      void attempt(() =>
        source.update(resource, { ...entry, values: { ...entry.values, [field.name]: value } })
      ),
  };
  const add = () =>
    openForm(resource, undefined, async (values) => {
      await source.create(resource, values);
      await reload();
    });

  main.replaceChildren(toolbar(resource, arrangement, show, add), count, list);
  // #if !both
  //: if (!isLasting) {
  //:   main.append(element("p", { class: "count" }, "This page may not use the browser's storage: changes last until it is reloaded."));
  //: }
  // #end
  void reload();
}

function toolbar(
  resource: Resource,
  arrangement: Arrangement,
  show: () => void,
  add: () => void,
): HTMLElement {
  const search = element("input", {
    id: "search",
    class: "input",
    type: "search",
    placeholder: `Search ${resource.many}`,
  });
  search.addEventListener("input", () => {
    arrangement.search = search.value;
    show();
  });
  const sort = choice("sort", "Sort by", [
    ["", "Newest"],
    ...resource.fields.map(({ name, label }) => [name, label] as const),
  ]);
  sort.select.addEventListener("change", () => {
    arrangement.sort = sort.select.value;
    show();
  });
  const filters = resource.fields.filter(({ type }) => type === "choice").map(
    ({ name, label, choices = [] }) => {
      const filter = choice(`filter-${name}`, label, [
        ["", "All"],
        ...choices.map((value) => [value, value] as const),
      ]);
      filter.select.addEventListener("change", () => {
        arrangement.filters[name] = filter.select.value;
        show();
      });
      return filter.field;
    },
  );
  return element(
    "div",
    { class: "toolbar" },
    element("div", { class: "field search" }, element("label", { for: "search" }, "Search"), search),
    ...filters,
    sort.field,
    element("button", { class: "button primary", type: "button", click: add }, `Add ${resource.one}`),
  );
}

function choice(id: string, label: string, options: (readonly [value: string, text: string])[]) {
  const select = element(
    "select",
    { id, class: "input" },
    ...options.map(([value, text]) => element("option", { value }, text)),
  );
  return { select, field: element("div", { class: "field" }, element("label", { for: id }, label), select) };
}

function showTabs(current: Resource): void {
  if (resources.length === 1) return;
  tabs.replaceChildren(...resources.map((resource) =>
    element("button", {
      class: "button quiet",
      type: "button",
      "aria-current": resource === current ? "page" : undefined,
      click: () => {
        showTabs(resource);
        open(resource);
      },
    }, resource.many)
  ));
}

// #if themeToggle
startThemeSwitch();
// #end
showTabs(resources[0]);
open(resources[0]);
