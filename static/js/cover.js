// Cover: a plain sheet over the page, without signing out. Escape twice, or the button.
// Any key or a click takes it away; Leave stays above it.

const WITHIN = 800; // milliseconds
const QUIET_KEYS = new Set(["Shift", "Control", "Alt", "Meta", "CapsLock"]);

const template = document.getElementById("cover-sheet");
const button = document.querySelector("[data-cover]");
let sheet = null;
let before = null;
let lastEscape = -Infinity;

const underneath = () => [...document.body.children].filter((each) => each !== sheet && !each.matches(".exits"));

export function cover() {
  if (sheet) return;
  before = document.activeElement;
  button.hidden = true;
  sheet = template.content.firstElementChild.cloneNode(true);
  document.body.append(sheet);
  for (const each of underneath()) each.inert = true;
  sheet.addEventListener("click", uncover);
  sheet.focus();
}

export function uncover() {
  if (!sheet) return;
  for (const each of underneath()) each.inert = false;
  sheet.remove();
  sheet = null;
  button.hidden = false;
  before?.focus?.();
}

function onKey(event) {
  if (sheet) return onKeyWhileCovered(event);
  if (event.key !== "Escape" || event.repeat) return;
  if (event.timeStamp - lastEscape < WITHIN) {
    event.preventDefault();
    lastEscape = -Infinity;
    cover();
  } else {
    lastEscape = event.timeStamp;
  }
}

function onKeyWhileCovered(event) {
  const onLeave = event.target.closest?.("[data-leave]");
  if (QUIET_KEYS.has(event.key) || event.key === "Tab" || event.repeat || onLeave) return;
  event.preventDefault();
  event.stopPropagation();
  uncover();
}

if (template && button) {
  button.hidden = false;
  button.addEventListener("click", cover);
  addEventListener("keydown", onKey, { capture: true });
}
