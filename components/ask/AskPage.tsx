import { useEffect, useMemo, useRef } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";
import { ChatApi } from "../../lib/client/chat_api.ts";
import { browserClock } from "../../lib/client/clock.ts";
import { Drafts } from "../../lib/client/drafts.ts";
import type { AskDraft } from "../../lib/client/projects/ask_draft.ts";
import { AskModel } from "../../lib/client/projects/ask_model.ts";
import { PromptImages, type Refusal } from "../../lib/client/projects/prompt_images.ts";
import { listen } from "../../lib/client/settings/listen.ts";
import { type ErrorBody, type ModelEntry, newId, PROJECT_LIMITS } from "../../lib/shared/mod.ts";
import { useProjects } from "../projects/context.ts";
import { AskForm } from "./AskForm.tsx";
import { Examples } from "./Examples.tsx";

/** What the page is rendered from. */
export interface AskPageData {
  draft: AskDraft;
  /** Why a posted form was refused. */
  problem: ErrorBody | null;
  models: ModelEntry[];
  /** The model that answers where none is chosen. */
  bestModel: string;
  /** Makes a form that is posted twice one project. */
  key: string;
  /** Whether files can be sent. */
  canAttach: boolean;
  /** Whether who asks may add model servers. */
  canConnect: boolean;
}

/** Where a project begins: what it should be, in words and images. */
export function AskPage({ data }: { data: AskPageData }) {
  const { t } = useProjects();
  const images = useImages();
  const model = useModel(data, images);
  const field = useRef<HTMLTextAreaElement>(null);
  const isAlone = model.models.value.every(({ nodes }) => nodes.every(({ kind }) => kind === "sketch"));
  return (
    <div class="ask">
      <header class="ask__head">
        <h1>{t("ask.title")}</h1>
        <p class="muted">{t("ask.intro")}</p>
      </header>
      <AskForm
        repeatKey={data.key}
        canAttach={data.canAttach}
        model={model}
        images={images}
        field={field}
      />
      {isAlone && (
        <p class="ask__sketch">
          {t("ask.sketch")} {data.canConnect && <a href="/settings/nodes">{t("ask.connect")}</a>}
        </p>
      )}
      <Examples model={model} onChoose={() => field.current?.focus()} />
    </div>
  );
}

function useImages(): PromptImages {
  const { t, toasts } = useProjects();
  return useMemo(() => {
    const messages: Record<Refusal, string> = {
      noImage: t("ask.images.only"),
      tooMany: t("ask.images.most", { count: PROJECT_LIMITS.images }),
    };
    return new PromptImages(
      new ChatApi(),
      (why) => void toasts.show({ kind: "warning", message: messages[why] }),
    );
  }, []);
}

function useModel(data: AskPageData, images: PromptImages): AskModel {
  const { t, language, api, report } = useProjects();
  const model = useMemo(() => {
    const { draft, problem, models, bestModel } = data;
    const made = new AskModel({
      draft: { ...draft, prompt: typedBefore() || draft.prompt },
      problem,
      models,
      bestModel,
      api,
      images,
      drafts: new Drafts(),
      clock: browserClock,
      t,
      language,
      newKey: () => newId(),
    });
    return made;
  }, []);
  useEffect(() => {
    // An example that was asked for by its address is not asked for again by a reload.
    if (location.search !== "") history.replaceState(null, "", location.pathname);
    model.restoreDraft();
    const comeBack = () => model.comeBack();
    addEventListener("pageshow", comeBack);
    const reload = async () => {
      const { models, defaultModel } = await new ChatApi().models();
      model.models.value = models;
      model.bestModel.value = defaultModel;
    };
    const stop = listen({
      onEvent: (event) => event.type === "nodes:changed" && void reload().catch(report),
      onCatchUp: () => void reload().catch(report),
      onLeave: () => model.keepDraft(),
    });
    return () => {
      stop();
      removeEventListener("pageshow", comeBack);
    };
  }, []);
  return model;
}

/** What was typed while the page's scripts were still on their way. */
function typedBefore(): string {
  if (!IS_BROWSER) return "";
  const field = document.getElementById("prompt");
  return field instanceof HTMLTextAreaElement ? field.value : "";
}
