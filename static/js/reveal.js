/** A password field gets a button that shows its letters: a long sentence is typed more surely when it can be read. */
for (const input of document.querySelectorAll("input[data-reveal]")) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "reveal", textContent: input.dataset.reveal });
  button.setAttribute("aria-controls", input.id);
  button.addEventListener("click", () => {
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    button.textContent = shown ? input.dataset.conceal : input.dataset.reveal;
  });
  input.form.addEventListener("submit", () => (input.type = "password"));
  const pair = Object.assign(document.createElement("div"), { className: "revealed" });
  input.replaceWith(pair);
  pair.append(input, button);
}
