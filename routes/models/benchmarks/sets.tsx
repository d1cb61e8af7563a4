import { page } from "fresh";
import { BenchmarksFrame } from "../../../components/benchmarks/BenchmarksFrame.tsx";
import { PromptSetList } from "../../../components/benchmarks/PromptSetList.tsx";
import { define, readForm, readMultipart, type State } from "../../../lib/app/mod.ts";
import { importSet } from "../../../lib/benchmarks/mod.ts";
import { type ErrorBody, FreshetError, type PromptSet } from "../../../lib/shared/mod.ts";
import { setTitle } from "./(_benchmarks)/title.ts";

const FORM_MAX_BYTES = 10 * 1024 * 1024;
const NOTHING = { name: "", text: "" };

export const handler = define.handlers({
  async GET({ state, url }) {
    return page(await setsPage(state, url.searchParams.get("set")));
  },
  /** Deletes a set, or keeps a new one. */
  async POST(ctx) {
    const { state, req } = ctx;
    const { services: { benchmarks: { sets } }, principal } = state;
    let given = NOTHING;
    try {
      if (req.headers.get("content-type")?.startsWith("application/x-www-form-urlencoded")) {
        await sets.delete(principal, (await readForm(req)).get("id") ?? "");
        return ctx.redirect("/models/benchmarks/sets", 303);
      }
      const form = await readMultipart(req, FORM_MAX_BYTES);
      given = { name: textOf(form.get("name")), text: textOf(form.get("text")) };
      const file = form.get("file");
      const text = file instanceof File && file.size > 0 ? await file.text() : given.text;
      const { id } = await sets.create(principal, importSet({ name: given.name.trim(), text }));
      return ctx.redirect(`/models/benchmarks/sets?set=${id}#set-${id}`, 303);
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      const data = await setsPage(state, null);
      return page({ ...data, given, problem: error.toBody() }, { status: error.status });
    }
  },
});

export default define.page<typeof handler>(({ data, state: { t, language } }) => (
  <BenchmarksFrame view="sets" title={t("benchmarks.sets.title")} problem={data.problem} t={t}>
    <PromptSetList
      sets={data.sets}
      open={data.open}
      given={data.given}
      canManage={data.canManage}
      language={language}
      t={t}
    />
  </BenchmarksFrame>
));

async function setsPage(state: State, id: string | null) {
  setTitle(state, state.t("benchmarks.sets.title"));
  const { services: { benchmarks }, principal } = state;
  const sets = await benchmarks.sets.list(principal);
  const isThere = sets.some((set) => set.id === id);
  const open: PromptSet | null = isThere && id !== null ? await benchmarks.sets.get(principal, id) : null;
  const canManage = principal.scopes.has("admin");
  return { sets, open, given: NOTHING, canManage, problem: null as ErrorBody | null };
}

function textOf(value: FormDataEntryValue | null): string {
  return typeof value === "string" ? value : "";
}
