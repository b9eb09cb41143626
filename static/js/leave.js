// Leave: blank the page, end the session on the server, go to an ordinary site.
// Without JavaScript the form does the same, more slowly.

const TIMES = 3;
const WITHIN = 1500; // milliseconds

const form = document.querySelector("form[data-leave]");

export function blank() {
  document.title = "";
  document.documentElement.replaceChildren();
}

export function leave() {
  const { action, dataset } = form;
  const address = dataset.leave;
  blank();
  navigator.sendBeacon(action, new FormData());
  // The name of this page must not stand in the history either; what lies before it asks for sign-in.
  history.replaceState(null, "", "/");
  location.replace(address || "/");
}

// Shift three times and no other key between, so that typing capitals does not leave.
export function shiftCounter(onThird) {
  let pressed = [];
  return (event) => {
    if (event.repeat) return;
    const now = event.timeStamp;
    pressed = event.key === "Shift" ? [...pressed, now].filter((at) => now - at < WITHIN) : [];
    if (pressed.length >= TIMES) onThird();
  };
}

if (form) {
  form.addEventListener("submit", (event) => {
    if (!form.dataset.leave) return; // a page without the agency's settings: the server knows where to
    event.preventDefault();
    leave();
  });
  addEventListener("keydown", shiftCounter(() => form.requestSubmit()), { capture: true });
}

// A page brought back from the browser's memory asks the server again.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  blank();
  location.reload();
});
