import { type Context, Hono } from "hono";
import { notFound } from "../errors.ts";
import { readJson } from "../json_body.ts";
import { readListQuery } from "../list_query.ts";
import { type WidgetInput, widgetRules } from "../schema/widgets.ts";
import type { Widgets } from "../store/widgets.ts";
import { validate, validateChanges } from "../validation.ts";
// #if sorting

const SORTABLE = [...Object.keys(widgetRules), "createdAt", "updatedAt"];
// #end

/** List, create, read, change and delete ~widgets~. */
export function widgetRoutes(widgets: Widgets): Hono {
  const routes = new Hono();

  // #if sorting
  routes.get("/", (c) => c.json(widgets.list(readListQuery(c.req.query(), SORTABLE))));
  // #end
  // #if !sorting
  //: routes.get("/", (c) => c.json(widgets.list(readListQuery(c.req.query()))));
  // #end

  routes.post("/", async (c) => {
    const widget = widgets.create(validate<WidgetInput>(await readJson(c), widgetRules));
    return c.json(widget, 201, { location: `/widgets/${widget.id}` });
  });

  routes.get("/:id", (c) => c.json(found(widgets.get(idOf(c)))));

  routes.patch("/:id", async (c) => {
    const changes = validateChanges<WidgetInput>(await readJson(c), widgetRules);
    return c.json(found(widgets.update(idOf(c), changes)));
  });

  routes.delete("/:id", (c) => {
    if (!widgets.remove(idOf(c))) throw notFound("~widget~");
    return c.body(null, 204);
  });

  return routes;
}

function idOf(c: Context): string {
  return c.req.param("id") ?? "";
}

function found<T>(widget: T | undefined): T {
  if (widget === undefined) throw notFound("~widget~");
  return widget;
}
