// A state in the picture is followed as other links are: what is beside the picture changes, and
// the picture stays where it is.
document.addEventListener("click", (event) => {
  const node = event.target.closest(".states a.node");
  if (!node || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  const link = document.createElement("a");
  link.href = node.getAttribute("href");
  link.hidden = true;
  node.closest(".boosted").append(link);
  htmx.process(link);
  link.click();
});

// What was asked for is brought to the eye, if it is not there.
document.addEventListener("htmx:afterSettle", () => {
  if (location.hash === "#panel") document.getElementById("panel")?.scrollIntoView({ block: "nearest" });
});

// A picture that is higher than its window begins with what failed, or with what goes on.
const graph = document.querySelector(".states .graph");
const node = ["bad", "busy"].flatMap((tone) => [...(graph?.querySelectorAll(`.node.${tone}:not(.frame)`) ?? [])]).at(0)
  ?? graph?.querySelector(".node.bad, .node.busy");
if (node) {
  const box = node.getBoundingClientRect();
  const frame = graph.getBoundingClientRect();
  if (box.bottom > frame.bottom) graph.scrollTop = box.top - frame.top - graph.clientHeight / 2;
}
