// Makes one piece of a page into another by touching only what differs, so that focus, selection,
// scrolling and what a reader has opened stay. Elements with an id are recognised wherever they move.

/** Gives a node the children of another. */
export function morph(target, wanted) {
  const present = byId(target);
  const needed = byId(wanted);
  let at = target.firstChild;
  for (const next of [...wanted.childNodes]) {
    const same = next.id ? present.get(next.id) : undefined;
    if (same) {
      // What moves loses its scrolling; what stands before it and is not needed goes instead.
      while (at !== same && at && !needed.has(at.id)) at = remove(at);
      if (at === same) at = at.nextSibling;
      else move(target, same, at);
      update(same, next);
    } else if (at && !at.id && !next.id && at.nodeName === next.nodeName) {
      update(at, next);
      at = at.nextSibling;
    } else {
      target.insertBefore(next, at);
    }
  }
  while (at) at = remove(at);
}

function byId(parent) {
  return new Map([...parent.children].filter((child) => child.id).map((child) => [child.id, child]));
}

function remove(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}

function move(parent, node, before) {
  if (parent.moveBefore) parent.moveBefore(node, before);
  else parent.insertBefore(node, before);
}

function update(node, wanted) {
  if (node.nodeType !== Node.ELEMENT_NODE) {
    if (node.nodeValue !== wanted.nodeValue) node.nodeValue = wanted.nodeValue;
    return;
  }
  // What a script has made in it is the script's.
  if (node.isEqualNode(wanted) || node.hasAttribute("data-own")) return;
  attributes(node, wanted);
  // What somebody types is theirs.
  if (node === document.activeElement && node.matches("input, textarea, select")) return;
  if (node.matches("input") && node.value !== wanted.value) node.value = wanted.value;
  morph(node, wanted);
}

function attributes(node, wanted) {
  // Whether something is opened is the reader's to say.
  const isTheReaders = (name) => name === "open" && node.matches("details, dialog");
  for (const { name, value } of [...wanted.attributes]) {
    if (!isTheReaders(name) && node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
  for (const { name } of [...node.attributes]) {
    if (!isTheReaders(name) && !wanted.hasAttribute(name)) node.removeAttribute(name);
  }
}
