// Niceties of the editors' desk; every page works without this file.
"use strict";

// Says to screen readers what each autocomplete is for; select2 names them after themselves.
(() => {
  const name = (select) => {
    const label = document.querySelector(`label[for="${select.id}"]`);
    const box = select.nextElementSibling;
    if (!label || !box || !box.classList.contains("select2")) return;
    const text = label.textContent.replace(/:\s*$/, "");
    for (const part of box.querySelectorAll('[role="combobox"], [role="textbox"], input')) {
      if (part.getAttribute("aria-label") !== text) part.setAttribute("aria-label", text);
    }
    for (const list of box.querySelectorAll("ul")) {
      if (list.getAttribute("role") !== "presentation") list.setAttribute("role", "presentation");
    }
  };
  const all = () => document.querySelectorAll("select.admin-autocomplete").forEach(name);
  window.addEventListener("load", () => {
    all();
    new MutationObserver(all).observe(document.body, { childList: true, subtree: true });
  });
})();

// Reads a claim's wording back while it is typed and shows the numbers that it says.
document.addEventListener("DOMContentLoaded", () => {
  const wording = document.getElementById("id_wording");
  const reading = document.getElementById("reading");
  if (!wording || !reading || wording.type !== "text") return;

  const names = ["qualifier", "low", "best", "high"];
  const inputs = names.map((name) => document.getElementById(`id_${name}`)).filter(Boolean);
  const mismatch = document.getElementById("id_mismatch_reason");
  const opened = wording.value;
  // The numbers follow the wording until somebody types other ones.
  let follows = inputs.every((input) => !input.value) || Boolean(opened && mismatch && !mismatch.value);
  let asked = 0;

  const clear = () => inputs.forEach((input) => { input.value = ""; });
  for (const input of inputs) input.addEventListener("input", () => { follows = false; });

  const show = (said) => {
    reading.textContent = said.sentence;
    reading.classList.toggle("unknown", !said.known);
    if (!follows) return;
    for (const name of names) {
      const input = document.getElementById(`id_${name}`);
      if (input) input.value = said.known && said[name] !== null ? said[name] : "";
    }
    const section = inputs[0] && inputs[0].closest("details");
    if (section && !said.known && wording.value) section.open = true;
  };

  const ask = async () => {
    const number = ++asked;
    const url = `${reading.dataset.url}?${new URLSearchParams({ wording: wording.value })}`;
    try {
      const answer = await fetch(url, { headers: { Accept: "application/json" } });
      if (answer.ok && number === asked) show(await answer.json());
    } catch {
      reading.textContent = "";
    }
  };

  let timer;
  wording.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 250);
  });
  // What was only filled in from the wording is left to the server, which reads what is sent.
  wording.form.addEventListener("submit", () => {
    if (follows && wording.value && wording.value !== opened) clear();
  });
});
