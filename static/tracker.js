// Niceties only: every page works without this file.
document.documentElement.classList.add("js");
for (const button of document.querySelectorAll("[data-copy]")) {
  const label = button.textContent;
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy).textContent;
    try {
      await navigator.clipboard.writeText(text.trim());
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not copied; select the text";
    }
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}
