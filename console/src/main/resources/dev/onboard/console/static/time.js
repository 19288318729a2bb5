// Times come in UTC, for pages without scripts; here they become those of where the reader is.
const digits = (number, width) => String(number).padStart(width, "0");

/** In the form that was asked for: a clock and a moment have milliseconds, a clock has no day. */
function local(iso, form) {
  const time = new Date(iso);
  const day = [time.getFullYear(), digits(time.getMonth() + 1, 2), digits(time.getDate(), 2)].join("-");
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map((n) => digits(n, 2)).join(":");
  const exact = form ? `${clock}.${digits(time.getMilliseconds(), 3)}` : clock;
  return form === "clock" ? exact : `${day} ${exact}`;
}

/** Writes the times below a node in the reader's zone; UTC stays in the title. */
export function localise(root) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    time.textContent = local(time.dateTime, time.dataset.form);
  }
}
