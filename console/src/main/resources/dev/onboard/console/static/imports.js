// Files that are dropped anywhere on the page, or chosen, are uploaded at once.
const form = () => document.getElementById("upload");
const hasFiles = (event) => form() && [...event.dataTransfer.types].includes("Files");

document.addEventListener("dragover", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  form().classList.add("over");
});

document.addEventListener("dragleave", (event) => {
  // It is left for another element of the page, unless there is none.
  if (!event.relatedTarget) form()?.classList.remove("over");
});

document.addEventListener("drop", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  form().classList.remove("over");
  form().elements.file.files = event.dataTransfer.files;
  upload();
});

document.addEventListener("change", (event) => {
  if (event.target === form()?.elements.file) upload();
});

function upload() {
  const files = form().elements.file.files;
  if (files.length === 0) return;
  const what = files.length === 1 ? files[0].name : `${files.length} files`;
  form().querySelector(".word").textContent = `Uploading ${what} …`;
  form().submit();
}

// Whoever comes back to the page starts afresh.
window.addEventListener("pageshow", () => {
  form()?.reset();
  const word = form()?.querySelector(".word");
  if (word) word.textContent = "";
});
