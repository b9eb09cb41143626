// The end of a quiet quarter of an hour: a question two minutes before, then a page that
// shows nothing. Tabs tell each other that somebody is there; nothing is stored.

import { blank } from "./leave.js";
import { saveAll } from "./autosave.js";

const WARN_BEFORE = 120; // seconds
const SAVE_BEFORE = 75; // the server writes activity down once a minute, so it may be that much ahead

const { idle, stillHere, signIn } = document.body.dataset;
const dialog = document.getElementById("still-there");
const channel = "BroadcastChannel" in self ? new BroadcastChannel("here") : null;
let seen = Date.now();
let saved = false;

function active({ tell = true } = {}) {
  seen = Date.now();
  saved = false;
  if (dialog?.open) dialog.close();
  if (tell) channel?.postMessage("here");
}

async function ping() {
  const answer = await fetch(stillHere, {
    method: "POST",
    redirect: "manual",
    headers: { "X-Requested-With": "fetch", "X-CSRFToken": JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"] },
  }).catch(() => null);
  if (answer?.ok) active();
}

// By the clock rather than by a timer, which stops while a laptop sleeps.
async function look() {
  const left = Number(idle) - (Date.now() - seen) / 1000;
  if (left <= 0) {
    blank();
    location.replace(signIn);
  } else if (left <= SAVE_BEFORE && !saved) {
    saved = true;
    await saveAll();
  } else if (left <= WARN_BEFORE && !dialog.open) {
    dialog.showModal();
  }
}

if (idle && dialog) {
  channel?.addEventListener("message", () => active({ tell: false }));
  channel?.postMessage("here");
  dialog.addEventListener("close", () => { if (Number(idle) - (Date.now() - seen) / 1000 <= WARN_BEFORE) ping(); });
  addEventListener("casework:active", () => active());
  document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) active(); });
  setInterval(look, 1000);
  document.addEventListener("visibilitychange", look);
}
