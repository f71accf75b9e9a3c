// Moves the progress of an import without loading the page again; without this file it reloads.
"use strict";

(() => {
  const box = document.getElementById("import-progress");
  if (!box) return;
  const bar = box.querySelector("progress");
  const part = (name) => box.querySelector(`[data-part="${name}"]`);
  let lastSaid = "";

  // Said aloud at every new step and every quarter of it, not at every number.
  const say = (told) => {
    const quarter = told.most ? Math.floor((4 * told.value) / told.most) : 0;
    const text = quarter ? `${told.step}: ${25 * quarter} percent` : told.step;
    if (text !== lastSaid) part("said").textContent = lastSaid = text;
  };

  const show = (told) => {
    for (const name of ["step", "done", "detail"]) part(name).textContent = told[name];
    if (told.most) {
      bar.max = told.most;
      bar.value = told.value;
    } else {
      bar.removeAttribute("value");
    }
    say(told);
  };

  const isOver = (told) =>
    !told.at_work || told.state !== box.dataset.state || told.has_no_worker !== ("alone" in box.dataset);

  const ask = async () => {
    try {
      const answer = await fetch(box.dataset.url, { headers: { Accept: "application/json" } });
      // Logged out meanwhile, or gone: the page itself says so.
      if (answer.redirected || !answer.ok) return window.location.reload();
      const told = await answer.json();
      if (isOver(told)) return window.location.reload();
      show(told);
    } catch {
      // The server cannot be reached just now; ask again.
    }
    setTimeout(ask, 1000);
  };

  setTimeout(ask, 1000);
})();
