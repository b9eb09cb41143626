// Nothing stays in the browser. htmx writes the address of each page, a case code in it, into
// session storage whatever its settings say; take it out again.
const empty = () => {
  try {
    sessionStorage.clear();
    localStorage.clear();
  } catch {
    // Storage is switched off here: nothing to empty.
  }
};

empty();
document.addEventListener("htmx:afterSettle", empty);
addEventListener("pagehide", empty);
