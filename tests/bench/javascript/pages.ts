/** A page whose JavaScript is bounded. */
export interface BudgetedPage {
  name: string;
  path: string;
  /** Bytes, gzipped, of everything that the page loads at start; KB are 1,000 bytes. */
  budget: number;
}

/** Every page has a line here. What a page loads when it is needed (palettes, highlighting, workers) is outside the budget. */
export const PAGES: readonly BudgetedPage[] = [
  { name: "chat", path: "/", budget: 60_000 },
  { name: "build", path: "/ask", budget: 60_000 },
  { name: "projects", path: "/projects", budget: 60_000 },
  { name: "models", path: "/models", budget: 45_000 },
  { name: "nodes", path: "/nodes", budget: 45_000 },
  { name: "dashboard", path: "/dashboard", budget: 45_000 },
  { name: "system", path: "/system", budget: 45_000 },
  { name: "log", path: "/system/log", budget: 45_000 },
  { name: "files", path: "/files", budget: 45_000 },
  { name: "terminal", path: "/terminal", budget: 40_000 },
  { name: "settings", path: "/settings/appearance", budget: 60_000 },
];
