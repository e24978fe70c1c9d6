/** Asks the browser for a security key and sends the form with what it answers; says why where it cannot. */
const form = document.querySelector("form[data-key]");
const button = form?.querySelector("[data-use-key]");
const place = form?.querySelector("[data-key-fault]");

function fault(words) {
  place.textContent = words;
  place.hidden = !words;
}

async function use() {
  fault("");
  const asked = JSON.parse(document.getElementById("asked-of-key").textContent);
  const making = form.dataset.key === "make";
  if (making && !form.reportValidity()) return;
  try {
    const credential = making
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) });
    form.elements.answer.value = JSON.stringify(credential.toJSON());
    form.submit();
  } catch (problem) {
    fault(problem.name === "InvalidStateError" ? form.dataset.known : form.dataset.failed);
  }
}

if (button) {
  const able = window.isSecureContext && window.PublicKeyCredential?.parseCreationOptionsFromJSON;
  button.disabled = !able;
  if (!able) fault(form.dataset.unable);
  button.addEventListener("click", use);
}
