import { asset } from "fresh/runtime";

/** Freshet's mark: a stream. */
export function Logo({ class: extra }: { class?: string }) {
  return <img class={extra} src={asset("/favicon.svg")} alt="" width="32" height="32" />;
}
