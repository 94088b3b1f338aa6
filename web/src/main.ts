import "htmx.org";
import { startIslands } from "./islands";

startIslands(document);
// A fragment that htmx swapped in may hold islands of its own.
document.addEventListener("htmx:after:swap", () => startIslands(document));
