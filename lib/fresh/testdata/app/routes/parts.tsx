import type { RouteConfig } from "fresh";
import { Partial } from "fresh/runtime";

export const config: RouteConfig = { skipAppWrapper: true, skipInheritedLayouts: true };

export default function Parts() {
  return <Partial name="inner">refreshed</Partial>;
}
