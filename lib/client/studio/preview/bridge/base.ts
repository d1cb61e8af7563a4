/** Where the files of the version begin, `/preview/<token>/`; taken before the page can change its address. */
export const base = new URL(`${location.pathname.split("/").slice(0, 3).join("/")}/`, location.href).href;
