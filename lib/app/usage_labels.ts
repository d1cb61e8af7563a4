import { FreshetError, type UsageDimension, type UsagePart, type UsageReport } from "../shared/mod.ts";
import type { Principal } from "../access/mod.ts";
import type { Services } from "./services.ts";

type Named = Pick<Services, "apiKeys" | "chats" | "studio" | "usage">;
type Label = (value: string) => string | Promise<string>;

/** A report with names in place of ids; what is deleted keeps its id, but for nodes, whose last name is known. */
export async function labelled(
  services: Named,
  principal: Principal,
  report: UsageReport,
): Promise<UsageReport> {
  const parts: UsageReport["parts"] = {};
  for (const [dimension, values] of Object.entries(report.parts) as [UsageDimension, UsagePart[]][]) {
    parts[dimension] = await labelledParts(services, principal, dimension, values);
  }
  const { only } = report;
  if (!only) return { ...report, parts };
  const label = await labelsOf(services, principal, only.dimension);
  return { ...report, parts, only: { ...only, label: await label(only.value) } };
}

/** Parts with names in place of ids. */
export async function labelledParts(
  services: Named,
  principal: Principal,
  dimension: UsageDimension,
  parts: readonly UsagePart[],
): Promise<UsagePart[]> {
  const label = await labelsOf(services, principal, dimension);
  return await Promise.all(parts.map(async (part) => ({ ...part, label: await label(part.value) })));
}

async function labelsOf(services: Named, principal: Principal, dimension: UsageDimension): Promise<Label> {
  // Of another profile only figures are seen.
  const mayRead = principal.scopes.has(dimension === "project" ? "studio" : "chat");
  if (!mayRead && (dimension === "chat" || dimension === "project")) return (id) => id;
  switch (dimension) {
    case "node": {
      const names = await services.usage.nodeNames(principal);
      return (id) => names.get(id) ?? id;
    }
    case "key": {
      const keys = await services.apiKeys.list(principal);
      const names = new Map(keys.map(({ id, name }) => [id, name]));
      return (id) => names.get(id) ?? id;
    }
    case "chat":
      return (id) => nameOf(id, async () => (await services.chats.get(principal, id)).title);
    case "project":
      return (id) => nameOf(id, async () => (await services.studio.page(principal, id)).project.name);
    default:
      return (value) => value;
  }
}

async function nameOf(id: string, look: () => Promise<string>): Promise<string> {
  try {
    return await look() || id;
  } catch (error) {
    if (error instanceof FreshetError && error.code === "not_found") return id;
    throw error;
  }
}
