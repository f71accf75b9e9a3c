// The reading page by keyboard, saving as you go; the page works without this file.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const page = document.querySelector(".reading");
  const list = document.getElementById("candidates");
  if (!page || !list) return;

  const live = document.getElementById("reading-live");
  const hints = page.querySelector(".reading-keys");
  const touched = new Set();

  const cards = () => [...list.querySelectorAll(".candidate")];
  const isOpen = (card) => card.dataset.state === "open";
  const current = () => document.activeElement && document.activeElement.closest(".candidate");
  const typing = () => document.activeElement && document.activeElement.matches("input:not([type=radio]):not([type=checkbox]), select, textarea");

  const show = (card) => {
    if (!card) return;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  };

  const markNow = (card) => {
    for (const old of page.querySelectorAll(".figure-link.is-now")) old.classList.remove("is-now");
    const label = card && document.getElementById(card.id.replace("candidate", "mark"));
    if (!label) return;
    label.classList.add("is-now");
    const article = document.getElementById("article");
    // Only where the article scrolls beside the figures; on a narrow page the forms stay put.
    if (article.scrollHeight > article.clientHeight) {
      article.scrollTop += label.getBoundingClientRect().top - article.getBoundingClientRect().top - article.clientHeight / 3;
    }
  };

  const step = (by) => {
    const all = cards();
    const at = all.indexOf(current());
    show(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))]);
  };

  const nextOpen = (from) => {
    const all = cards();
    const at = all.findIndex((card) => card.id === from);
    return [...all.slice(at + 1), ...all.slice(0, at + 1)].find(isOpen);
  };

  const say = (text) => { live.textContent = text; };

  // Takes over what the server answered; forms in which somebody has typed are left as they are.
  const takeOver = (answer, sent) => {
    for (const id of ["reading-progress", "article", "reading-end"]) {
      const [old, fresh] = [document.getElementById(id), answer.getElementById(id)];
      if (old && fresh) {
        const top = old.scrollTop;
        old.innerHTML = fresh.innerHTML;
        old.scrollTop = top;
      }
    }
    for (const fresh of answer.querySelectorAll("#candidates .candidate")) {
      const old = document.getElementById(fresh.id);
      if (old && (fresh.id === sent || !touched.has(fresh.id))) {
        if (fresh.id === sent || old.outerHTML !== fresh.outerHTML) old.replaceWith(document.adoptNode(fresh));
      }
    }
  };

  const told = (answer) => [...answer.querySelectorAll(".messagelist li")].map((li) => li.textContent.trim()).join(" ");

  const send = async (form, button) => {
    const card = form.closest(".candidate");
    if (card.getAttribute("aria-busy") === "true") return;
    card.setAttribute("aria-busy", "true");
    const body = new FormData(form);
    body.set("decision", button.value);
    let answer;
    try {
      const response = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
      answer = new DOMParser().parseFromString(await response.text(), "text/html");
      if (!answer.getElementById("candidates")) throw new Error("not the page");
    } catch {
      card.removeAttribute("aria-busy");
      say("This was not saved. Check your connection, or log in again in another tab, and try once more.");
      alertIn(card, live.textContent);
      return;
    }
    touched.delete(card.id);
    takeOver(answer, card.id);
    const fresh = document.getElementById(card.id);
    if (!fresh) {
      window.location.reload();
      return;
    }
    const refused = fresh.querySelector(".refusal, .errorlist");
    const progress = document.querySelector("#reading-progress label");
    if (refused) {
      touched.add(card.id);
      show(fresh);
      say(`Not saved. ${refused.textContent.trim()}`);
      return;
    }
    const next = button.value === "reopen" ? fresh : nextOpen(card.id);
    show(next || document.getElementById("reading-end"));
    if (!next) document.getElementById("reading-end").focus();
    say([told(answer), progress ? `${progress.textContent}.` : "", next ? "" : "All figures of this page are decided."].filter(Boolean).join(" "));
  };

  const alertIn = (card, text) => {
    let said = card.querySelector(".refusal");
    if (!said) {
      said = document.createElement("p");
      said.className = "refusal";
      card.querySelector("h3").after(said);
    }
    said.textContent = text;
  };

  list.addEventListener("submit", (event) => {
    const button = event.submitter || event.target.querySelector("button[name=decision]");
    if (!button) return;
    event.preventDefault();
    send(event.target, button);
  });
  list.addEventListener("input", (event) => {
    const card = event.target.closest(".candidate");
    if (card) touched.add(card.id);
  });
  list.addEventListener("focusin", (event) => markNow(event.target.closest(".candidate")));

  const press = (card, decision) => {
    const button = card && card.querySelector(`button[value=${decision}]`);
    if (button) button.click();
  };

  const edit = (card) => {
    const details = card && card.querySelector(".candidate-mend");
    if (!details) return;
    details.open = true;
    const wording = details.querySelector("input[name=wording]");
    wording.focus();
    wording.select();
  };

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    a: () => press(current(), "accept"),
    e: () => edit(current()),
    r: () => press(current(), "reject"),
    m: () => press(current(), "merge"),
    u: () => press(current(), "reopen"),
    "?": () => { hints.hidden = !hints.hidden; say(hints.hidden ? "Keys hidden." : hints.textContent); },
  };

  // Single keys can be turned off, since they get in the way of speech input.
  let isOn = true;
  try { isOn = sessionStorage.getItem("reading-keys") !== "off"; } catch { /* kept for this page only */ }

  const hint = () => {
    const names = [["j", "next"], ["k", "previous"], ["a", "accept"], ["e", "edit"], ["r", "reject"], ["m", "add as citation"], ["u", "undo"], ["Esc", "leave a field"], ["?", "hide or show this"]];
    hints.replaceChildren();
    for (const [key, name] of names) {
      const kbd = document.createElement("kbd");
      kbd.textContent = key;
      hints.append(kbd, ` ${name}  `);
    }
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = isOn;
    box.addEventListener("change", () => {
      isOn = box.checked;
      try { sessionStorage.setItem("reading-keys", isOn ? "on" : "off"); } catch { /* as above */ }
    });
    label.append(box, " single keys");
    hints.append(label);
    hints.hidden = cards().length === 0;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape" && typing()) {
      const card = current();
      if (card) show(card);
      return;
    }
    if (!isOn || typing() || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  hint();
  if (/^#candidate-\d+$/.test(window.location.hash)) show(document.getElementById(window.location.hash.slice(1)));
});
