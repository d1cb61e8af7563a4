import { createDefine } from "fresh";

export interface State {
  steps: string[];
}

export const define = createDefine<State>();
