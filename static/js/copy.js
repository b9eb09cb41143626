// Copying a number of an agency. Without a clipboard the button stays away; the number can be marked.

for (const button of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const said = button.querySelector("span") ?? button;
    const before = said.textContent;
    said.textContent = button.dataset.copied;
    setTimeout(() => { said.textContent = before; }, 1500);
  });
}
