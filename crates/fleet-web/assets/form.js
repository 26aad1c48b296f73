// What the forms need beyond htmx: shares that follow the sliders, a username that follows the name, fields that are told
// apart when they are wrong, and a catalogue from a file. Without it everything is told by the server.
(() => {
  "use strict";

  const share = (form) => {
    const sliders = [...form.querySelectorAll("[data-weight]")];
    const sum = sliders.reduce((total, slider) => total + Number(slider.value), 0);
    for (const slider of sliders) {
      const words = sum > 0 ? `${Math.round((Number(slider.value) / sum) * 100)} %` : "?";
      const place = document.getElementById(`share-${slider.name}`);
      if (place && place.textContent !== words) place.textContent = words;
      slider.setAttribute("aria-valuetext", words);
    }
  };

  // The username follows the name until somebody types one.
  let nameWasTyped = false;
  let usernameWasTyped = false;
  const follow = () => {
    const suggestion = document.getElementById("suggestion")?.dataset.suggestion;
    const username = document.getElementById("field-username");
    if (!suggestion || !username || !nameWasTyped || usernameWasTyped || username.readOnly) return;
    if (document.querySelector("#bot-form [name=bot]") || document.activeElement === username) return;
    if (username.value === suggestion) return;
    username.value = suggestion;
    // What was said beside it was said of another.
    username.dispatchEvent(new Event("change", { bubbles: true }));
  };

  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!(field instanceof Element)) return;
    if (field.matches("[data-weight]")) share(field.form);
    if (event.isTrusted && field.id === "field-name") nameWasTyped = true;
    if (event.isTrusted && field.id === "field-username") usernameWasTyped = field.value !== "";
  });

  // Words that come beside a field make it wrong, and make it right again when they go.
  const mark = (words) => {
    const field = document.getElementById(`field-${words.dataset.for}`);
    if (!field || !field.matches("input, textarea, select")) return;
    if (words.querySelector(".field-wrong")) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  };
  const main = document.getElementById("main");
  if (main) {
    new MutationObserver(() => {
      document.querySelectorAll(".field-words").forEach(mark);
      follow();
    }).observe(main, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-suggestion"] });
  }

  // A file is read here and checked like what is pasted.
  document.addEventListener("change", async (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || !input.dataset.into || !input.files.length) return;
    const text = document.getElementById(input.dataset.into);
    text.value = await input.files[0].text();
    text.form.requestSubmit();
  });

  // A mistake leads to its line.
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("[data-line]") : null;
    const text = document.getElementById("catalogue");
    if (!link || !text) return;
    event.preventDefault();
    const lines = text.value.split("\n");
    const line = Math.min(Number(link.dataset.line), lines.length) - 1;
    const start = lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0);
    text.focus();
    text.setSelectionRange(start, start + lines[line].length);
    const height = parseFloat(getComputedStyle(text).lineHeight) || 20;
    text.scrollTop = Math.max(0, (line - 3) * height);
  });
})();
