import { FreshetError, type GalleryModel, type ServerBackend } from "../../shared/mod.ts";
import type { ModelGallery } from "../manager.ts";
import { defined } from "../defined.ts";
import { bytesOf } from "./byte_size.ts";
import { firstText, recordOf, recordsOf, textOf, textsOf } from "./fields.ts";
import { isUnknownJob, jobOf, serverJobOf } from "./localai_jobs.ts";
import type { ServerApi } from "./server_api.ts";

const DESCRIPTION_MAX_CHARS = 400;

/** LocalAI's galleries of models and of backends (core/http/endpoints/localai/gallery.go and backend.go). */
export function createLocalAIGallery(api: ServerApi): ModelGallery {
  return {
    async search(endpoint, query, limit, signal) {
      const [available, galleries] = await Promise.all([
        api.ask(endpoint, "/models/available", signal),
        api.ask(endpoint, "/models/galleries", signal),
      ]);
      const words = query.toLowerCase().split(/\s+/).filter(Boolean);
      const found = recordsOf(available).map(galleryModelOf).filter(({ id, description, tags }) => {
        const text = [id, description, ...tags].join(" ").toLowerCase();
        return words.every((word) => text.includes(word));
      });
      // A word in the name says more than one in the description.
      const named = (model: GalleryModel) => words.some((word) => model.name.toLowerCase().includes(word));
      const sorted = [...found.filter(named), ...found.filter((model) => !named(model))];
      return {
        models: sorted.slice(0, limit),
        total: found.length,
        galleries: recordsOf(galleries).map((gallery) => firstText(gallery.name, gallery.url)),
      };
    },
    async backends(endpoint, signal) {
      const [installed, available] = await Promise.all([
        api.ask(endpoint, "/backends", signal),
        api.askIfThere(endpoint, "/backends/available", signal),
      ]);
      return merged(recordsOf(installed), recordsOf(available));
    },
    async installBackend(endpoint, name, signal) {
      return jobOf(
        await api.ask(endpoint, "/backends/apply", signal, { method: "POST", body: { id: name } }),
      );
    },
    async deleteBackend(endpoint, name, signal) {
      const path = `/backends/delete/${encodeURIComponent(name)}`;
      return jobOf(await api.ask(endpoint, path, signal, { method: "POST" }));
    },
    async backendJob(endpoint, id, signal) {
      try {
        return serverJobOf(id, await api.ask(endpoint, `/backends/jobs/${encodeURIComponent(id)}`, signal));
      } catch (error) {
        if (!isUnknownJob(error)) throw error;
        throw new FreshetError("not_found", "LocalAI knows nothing of this job any more", { cause: error });
      }
    },
  };
}

function galleryModelOf(entry: Record<string, unknown>): GalleryModel {
  const name = textOf(entry.name);
  const gallery = textOf(recordOf(entry.gallery).name);
  return defined({
    id: gallery === "" ? name : `${gallery}@${name}`,
    name,
    description: shortened(textOf(entry.description)),
    license: textOf(entry.license),
    tags: textsOf(entry.tags).slice(0, 12),
    sizeBytes: bytesOf(textOf(entry.size)),
    isInstalled: entry.installed === true,
  });
}

/** What is installed is written with Go's names of fields, what could be with those of the gallery. */
function merged(
  installed: readonly Record<string, unknown>[],
  available: readonly Record<string, unknown>[],
): ServerBackend[] {
  const backends = new Map<string, ServerBackend>();
  for (const entry of available) {
    const name = textOf(entry.name);
    const description = shortened(textOf(entry.description));
    backends.set(name, { name, description, isInstalled: entry.installed === true, isSystem: false });
  }
  for (const entry of installed) {
    const name = firstText(entry.Name, entry.name);
    const isSystem = entry.IsSystem === true || entry.is_system === true;
    const description = backends.get(name)?.description ?? "";
    backends.set(name, { name, description, isInstalled: true, isSystem });
  }
  backends.delete("");
  return [...backends.values()].sort((a, b) =>
    Number(b.isInstalled) - Number(a.isInstalled) || (a.name < b.name ? -1 : 1)
  );
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > DESCRIPTION_MAX_CHARS ? `${line.slice(0, DESCRIPTION_MAX_CHARS)}…` : line;
}
