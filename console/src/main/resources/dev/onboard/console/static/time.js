// Times come in UTC, for pages without scripts; here they become those of where the reader is.
const two = (number) => String(number).padStart(2, "0");

function local(iso) {
  const time = new Date(iso);
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} `
    + `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}

/** Writes the times below a node in the reader's zone; UTC stays in the title. */
export function localise(root) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    time.textContent = local(time.dateTime);
  }
}
