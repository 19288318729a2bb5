// What every page does in the browser. Pages work without it; with it they are live.
import { copyOnClick } from "./copy.js";
import { follow } from "./live.js";
import { morph } from "./morph.js";
import { localise } from "./time.js";

document.documentElement.classList.add("scripted");
localise(document);
copyOnClick();
follow();

// htmx swaps pages in as live updates do: only what differs is touched.
htmx.defineExtension("morph", {
  isInlineSwap: (style) => style === "morph",
  handleSwap: (style, target, fragment) => {
    if (style !== "morph") return false;
    localise(fragment);
    morph(target, fragment);
    document.title = document.getElementById("page").dataset.title;
    return [target];
  },
});

// A filter that is not set has no place in the address.
document.addEventListener("htmx:configRequest", (event) => {
  const { formData } = event.detail;
  for (const [name, value] of [...formData.entries()]) {
    if (value === "") formData.delete(name);
  }
});
