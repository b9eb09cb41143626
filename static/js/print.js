// The print page: one button that opens the browser's print window.

export function ready(root) {
  for (const button of root.querySelectorAll("[data-print]")) button.hidden = false;
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
});
ready(document);
