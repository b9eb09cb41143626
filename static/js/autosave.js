// Typed text goes to the server as a draft, a moment after typing stops, so that a lost
// session or a closed lid loses nothing. Nothing is kept in the browser.
//
// <form data-autosave="/drafts/save/" data-draft-key="note" data-draft-case="K7QF">
// sends key, case and fields (JSON: name -> list of values) with the form's own token.

const PAUSE = 1500; // milliseconds
const AGAIN = 15000;
const NEVER = new Set(["password", "file", "submit", "button", "reset"]);
const words = document.getElementById("autosave-words")?.dataset ?? {};

export function typed(form) {
  const fields = {};
  for (const control of form.elements) {
    if (!control.name || control.disabled || control.matches("[data-no-draft]")) continue;
    if (control.name === "csrfmiddlewaretoken" || NEVER.has(control.type)) continue;
    if ((control.type === "checkbox" || control.type === "radio") && !control.checked) continue;
    const values = control.type === "select-multiple" ? [...control.selectedOptions].map((o) => o.value) : [control.value];
    fields[control.name] = [...(fields[control.name] ?? []), ...values];
  }
  return JSON.stringify(fields);
}

const clock = () => new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });

export class Autosave {
  constructor(form) {
    this.form = form;
    this.last = typed(form);
    this.savedAt = "";
    this.stopped = false;
    this.status = form.querySelector("[data-autosave-status]");
    form.addEventListener("input", () => this.soon(PAUSE));
    form.addEventListener("focusout", () => this.save());
    form.addEventListener("submit", () => { this.stopped = true; clearTimeout(this.timer); });
    addEventListener("pagehide", () => this.save({ keepalive: true }));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.save({ keepalive: true });
    });
  }

  soon(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  say(key) {
    if (this.status) this.status.textContent = (words[key] ?? "").replace("{time}", this.savedAt);
  }

  body(fields) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken?.value ?? "");
    body.set("key", this.form.dataset.draftKey ?? "");
    body.set("case", this.form.dataset.draftCase ?? "");
    body.set("fields", fields);
    return body;
  }

  async save({ keepalive = false } = {}) {
    const fields = typed(this.form);
    if (this.stopped || this.busy || fields === this.last) return;
    clearTimeout(this.timer);
    this.busy = true;
    this.say("saving");
    try {
      const answer = await fetch(this.form.dataset.autosave, {
        method: "POST",
        body: this.body(fields),
        redirect: "manual",
        keepalive: keepalive && fields.length < 60000, // browsers allow 64 kB after the page has gone
        headers: { "X-Requested-With": "fetch" },
      });
      await this.settle(answer, fields);
    } catch {
      this.say("waiting");
      this.soon(AGAIN);
    } finally {
      this.busy = false;
    }
    if (!this.stopped && fields === this.last && typed(this.form) !== this.last) this.soon(PAUSE);
  }

  // The server's clock and words where it has some; see the view for its answers.
  async settle(answer, fields) {
    if (answer.type === "opaqueredirect" || answer.status === 401) {
      this.say(this.savedAt ? "signedOut" : "signedOutUnsaved");
      return;
    }
    const { saved_at: savedAt, said } = await answer.json().catch(() => ({}));
    if (answer.ok) {
      this.last = fields;
      this.savedAt = savedAt || clock();
      this.say("saved");
      dispatchEvent(new Event("casework:active"));
    } else if (said) {
      this.last = fields; // asking again would be answered the same
      this.status?.replaceChildren(said);
    } else if (answer.status === 403) {
      this.say(this.savedAt ? "signedOut" : "signedOutUnsaved");
    } else {
      this.say("waiting");
      this.soon(AGAIN);
    }
  }
}

export const running = [...document.querySelectorAll("form[data-autosave]")].map((form) => new Autosave(form));

// Before the page goes (see session.js): everything typed, now.
export const saveAll = () => Promise.all(running.map((each) => each.save()));
