// Shows passkey buttons where the browser knows passkeys, and says so when one was not used.
// The ceremony itself is allauth's; its scripts read JSON blocks on the page.

const forms = document.querySelectorAll("form[data-passkey]")
const saidNo = document.getElementById("passkey-said-no")

for (const form of forms) form.hidden = !window.PublicKeyCredential

document.addEventListener("allauth.error", (event) => {
  event.preventDefault()
  if (saidNo) saidNo.hidden = false
})
