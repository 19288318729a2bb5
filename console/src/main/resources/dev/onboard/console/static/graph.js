// A graph that is wider than the screen is scrolled to where it begins.
function begin() {
  for (const graph of document.querySelectorAll(".graph")) {
    const first = graph.querySelector(".node");
    if (first && graph.scrollLeft === 0) {
      const box = first.getBoundingClientRect();
      graph.scrollLeft = box.left - graph.getBoundingClientRect().left - (graph.clientWidth - box.width) / 2;
    }
  }
}

begin();
document.addEventListener("htmx:afterSettle", begin);

// A number that changes shows it for a moment.
const calm = matchMedia("(prefers-reduced-motion: reduce)");
new MutationObserver((changes) => {
  if (calm.matches) return;
  for (const change of changes) {
    change.target.parentElement?.closest(".count")
      ?.animate([{ opacity: 0.25 }, { opacity: 1 }], { duration: 700, easing: "ease-out" });
  }
}).observe(document.getElementById("main"), { subtree: true, characterData: true });
