/**
 * For every process of the program that tests start, as the tasks start it: packages are taken as they are installed. Otherwise
 * Deno looks through all of node_modules again for each part of the program that is imported late, which costs more time than
 * everything else of a start.
 */
export const INSTALLED_PACKAGES = "--node-modules-dir=manual";
