import { App } from "fresh";

/** Has the build that all apps of tests are given; it answers nothing itself. */
export const app = new App();
