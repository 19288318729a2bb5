// A live page asks its own address for a stream of what it becomes. While nobody looks at it there
// is no stream: browsers open six connections to a server, and other tabs need theirs.
import { morph } from "./morph.js";
import { localise } from "./time.js";

const button = document.getElementById("live");
const page = () => document.getElementById("page");
let source = null;
let address = "";
let isPaused = false;

/** Keeps the page up to date from now on. */
export function follow() {
  document.addEventListener("visibilitychange", connect);
  document.addEventListener("htmx:beforeSwap", disconnect);
  document.addEventListener("htmx:afterSettle", connect);
  window.addEventListener("pagehide", disconnect);
  window.addEventListener("pageshow", connect);
  button.addEventListener("click", () => {
    isPaused = !isPaused;
    button.setAttribute("aria-pressed", String(!isPaused));
    connect();
  });
  connect();
}

function connect() {
  const isLive = page().dataset.live === "true";
  button.hidden = !isLive;
  if (!isLive || isPaused || document.hidden) {
    disconnect();
    show("off", isPaused ? "Paused" : "Live");
  } else if (!source || address !== location.href) {
    disconnect();
    address = location.href;
    source = new EventSource(address);
    source.onopen = () => show("on", "Live");
    source.onerror = () => show("lost", "Reconnecting");
    source.onmessage = (event) => receive(event.data);
    // What is shown has become a page of its own.
    source.addEventListener("elsewhere", (event) => location.replace(event.data));
  }
}

function disconnect() {
  source?.close();
  source = null;
}

function show(state, word) {
  button.dataset.state = state;
  button.querySelector(".word").textContent = word;
}

function receive(html) {
  const fragment = new DOMParser().parseFromString(html, "text/html").body;
  localise(fragment);
  // New rows of a list show themselves for a moment.
  for (const row of fragment.querySelectorAll("tr[id]")) {
    if (!document.getElementById(row.id)) row.classList.add("fresh");
  }
  morph(page().parentElement, fragment);
  document.title = page().dataset.title;
  htmx.process(page());
  // It may have become one to which nothing more happens.
  if (page().dataset.live !== "true") connect();
}
