// A page that must leave nothing behind. A browser writes what it navigated with into its own
// files, to bring a session back: so what is typed here goes by fetch, and the answer takes
// the page's place without a navigation. What was on the page waits in memory for "Change it".

import { focusSummary } from "./forms.js";
import { ready } from "./print.js";

const STAYS = ".exits, template, dialog, script, .skip, .cover-sheet";
const KEPT_OPEN = 60000; // milliseconds a PDF can be reloaded in its own tab

let aside = null; // the form's page while the copy is shown
let busy = false;

const movable = () => [...document.body.children].filter((each) => !each.matches(STAYS));

function takePlace(nodes, { className, title }) {
  for (const each of movable()) each.remove();
  document.body.append(...nodes);
  document.body.className = className;
  document.title = title;
  scrollTo(0, 0);
}

function showCopy(page) {
  aside ??= { nodes: movable(), className: document.body.className, title: document.title };
  const nodes = [...page.body.children].filter((each) => !each.matches(STAYS)).map((each) => document.adoptNode(each));
  takePlace(nodes, { className: page.body.className, title: page.title });
  ready(document);
  document.getElementById("content")?.focus();
}

function changeIt() {
  takePlace(aside.nodes, aside);
  aside = null;
  document.querySelector("form[data-in-place] textarea")?.focus();
}

// The form as the server sees it now, most often because something needs another look.
function showForm(form, page) {
  const fresh = document.adoptNode(page.querySelector("form[data-in-place]"));
  form.replaceWith(fresh);
  globalThis.htmx?.process(fresh);
  fresh.dispatchEvent(new CustomEvent("htmx:afterSwap", { bubbles: true }));
  focusSummary(fresh);
}

function openPdf(blob) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  Object.assign(link, { href: address, target: "_blank", rel: "noopener" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_OPEN);
}

async function send(form, submitter) {
  const body = new FormData(form);
  if (submitter?.name) body.append(submitter.name, submitter.value);
  const answer = await fetch(location.pathname, {
    method: "POST", body, redirect: "manual", cache: "no-store", headers: { "X-Requested-With": "fetch" },
  });
  if (answer.type === "opaqueredirect" || answer.status === 401) return location.reload(); // signed out: the server says so
  if (answer.headers.get("Content-Type")?.startsWith("application/pdf")) return openPdf(await answer.blob());
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (page.body.matches(".paper")) return showCopy(page);
  if (page.querySelector("form[data-in-place]") && !aside) return showForm(form, page);
  return undefined;
}

document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  if (!form.matches("form[data-in-place]")) return;
  event.preventDefault();
  if (busy) return;
  if (submitter?.value === "change" && aside) return changeIt();
  busy = true;
  submitter?.setAttribute("aria-busy", "true");
  try {
    await send(form, submitter);
  } finally {
    busy = false;
    submitter?.removeAttribute("aria-busy");
  }
});
