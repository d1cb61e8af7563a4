import type { TerminalPageData } from "../../../components/terminal/page_data.ts";
import type { State } from "../../../lib/app/mod.ts";
import type { FreshetError } from "../../../lib/shared/mod.ts";
import type { Visitor } from "../../../lib/terminal/mod.ts";

const AUDIT_ENTRIES = 50;

/** What the page is rendered from. Throws `forbidden` where the visitor may have no terminal. */
export async function pageData(
  { services: { terminals, profiles } }: State,
  visitor: Visitor,
  active: string | null,
  problem?: FreshetError,
): Promise<TerminalPageData> {
  const state = await terminals.state(visitor);
  const [commands, favourites, audit, all] = await Promise.all([
    terminals.commands(visitor, { limit: 100 }),
    terminals.favourites(visitor),
    terminals.audited(visitor, { limit: AUDIT_ENTRIES }),
    profiles.list(),
  ]);
  const isProven = visitor.principal.isProven === true;
  const names = Object.fromEntries(all.length > 1 ? all.map(({ id, name }) => [id, name]) : []);
  return { state, commands, favourites, audit, names, active, isProven, problem: problem?.toBody() ?? null };
}
