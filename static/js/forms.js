// The manners of forms: errors are found at once, a second click sends nothing twice,
// and a question that depends on another one waits for it.

export function focusSummary(root = document) {
  root.querySelector("[data-error-summary]")?.focus();
}

// The button stays where it is and says that it is working; the answer replaces the page.
function guardTwice(event) {
  const form = event.target;
  if (form.method !== "post" || form.matches("[data-leave]") || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(release, 8000);
}

// Back from the next page, or a download that leaves this one standing: the form works again.
function release() {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
  }
}

const currentValues = (form, name) =>
  [...form.elements]
    .filter((each) => each.name === name && (!["checkbox", "radio"].includes(each.type) || each.checked))
    .flatMap((each) => (each.type === "select-multiple" ? [...each.selectedOptions].map((o) => o.value) : [each.value]));

// data-show-when="kind=named|alias": shown while the field named kind has one of these values.
export function showWhen(form) {
  for (const each of form.querySelectorAll("[data-show-when]")) {
    const [name, wanted] = each.dataset.showWhen.split("=");
    const has = currentValues(form, name);
    each.hidden = !wanted.split("|").some((value) => has.includes(value));
  }
}

function watch(root = document) {
  for (const each of root.querySelectorAll("[data-show-when]")) {
    const form = each.closest("form");
    if (!form || form.dataset.watched) continue;
    form.dataset.watched = "yes";
    form.addEventListener("change", () => showWhen(form));
    showWhen(form);
  }
}

focusSummary();
watch();
addEventListener("submit", guardTwice);
addEventListener("pageshow", release);
document.addEventListener("htmx:afterSwap", (event) => watch(event.target.parentNode ?? document));
// One More sheet at a time, and none after a click elsewhere.
addEventListener("click", (event) => {
  for (const more of document.querySelectorAll("details.more[open]")) if (!more.contains(event.target)) more.open = false;
});
