import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { frameLayout, type Size } from "../../lib/client/studio/preview/devices.ts";
import type { PreviewModel } from "../../lib/client/studio/preview/preview_model.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { ariaState } from "../aria.ts";
import { Icon } from "../Icon.tsx";
import { PanelNotice } from "./PanelNotice.tsx";

/** Where the frame stands, in the size of the chosen device. */
export function PreviewStage({ t, model, number }: { t: Translate; model: PreviewModel; number: number }) {
  const stage = useRef<HTMLDivElement>(null);
  const size = useSize(stage);
  const state = model.state.value;
  const load = model.load.value;
  const device = model.device.value;
  const { width, height, scale } = frameLayout(device, size);
  return (
    <div
      ref={stage}
      class={`preview__stage preview__stage--${device}`}
      role="group"
      aria-label={t("preview.title")}
      aria-busy={ariaState(state === "loading")}
      // A screen that is larger than the stage is scrolled.
      tabIndex={device === "responsive" ? undefined : 0}
    >
      {load && (
        <div
          class="preview__screen"
          style={{ width: `${width * scale}px`, height: `${height * scale}px` }}
        >
          <Frame
            key={load.id}
            model={model}
            url={load.address.url}
            title={t("preview.frame", { number })}
            style={{
              width: `${width}px`,
              height: `${height}px`,
              transform: scale === 1 ? "none" : `scale(${scale})`,
            }}
          />
        </div>
      )}
      {state === "loading" && (
        <p class="preview__veil" role="status">
          <Icon name="loader-circle" class="spin" />
          {t("preview.loading")}
        </p>
      )}
      {state === "silent" && (
        <p class="preview__veil preview__veil--warning" role="status">
          <Icon name="triangle-alert" />
          {t("preview.silent")}
        </p>
      )}
      {state === "failed" && (
        <PanelNotice
          failure
          icon="circle-alert"
          title={t("preview.failed")}
          text={model.failure.value?.message}
        >
          <button type="button" class="button" onClick={() => model.reload().catch(reportError)}>
            {t("tryAgain")}
          </button>
        </PanelNotice>
      )}
    </div>
  );
}

/** The sandbox is the one that the preview's own policy sets too: whichever is missing, the other holds. */
function Frame({ model, url, title, style }: {
  model: PreviewModel;
  url: string;
  title: string;
  style: Record<string, string>;
}) {
  const frame = useRef<HTMLIFrameElement>(null);
  useLayoutEffect(() => {
    model.attach(frame.current?.contentWindow ?? null);
    return () => model.attach(null);
  }, []);
  // The arrow keys that move the choice have to reach the page.
  const picking = model.picking.value;
  useEffect(() => {
    if (picking) frame.current?.focus();
  }, [picking]);
  return (
    <iframe
      ref={frame}
      class="preview__frame"
      src={url}
      title={title}
      sandbox="allow-scripts allow-forms allow-downloads"
      referrerpolicy="no-referrer"
      style={style}
    />
  );
}

function useSize(element: { current: HTMLElement | null }): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const measure = () => setSize({ width: current.clientWidth, height: current.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return size;
}
